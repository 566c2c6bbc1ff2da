import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageOf } from '#schema/record/page';
import type { Resource } from '#schema/record/resources';
import { answerSchema } from '../../../client/api/client-record.ts';
import { summarySchema } from '../../../client/api/client-summary.ts';
import { tolerantRead } from '../../../client/api/tolerant-read.ts';
import { aManifest } from '../../support/assets.ts';

type Json = Record<string, unknown>;

const asset = (change: Json = {}): Json => ({
	id: '0'.repeat(32),
	status: 'ready',
	progress: 1,
	job: null,
	manifest: aManifest(),
	failure: null,
	...change,
});

async function collection(resource: Resource): Promise<Json[]> {
	const path = new URL(`../../../assets/collection/${resource}.json`, import.meta.url);
	const records = JSON.parse(await readFile(path, 'utf8')) as Json[];
	return resource === 'artefacts' ? records.map((one) => ({ ...one, asset: asset() })) : records;
}

async function first(resource: Resource): Promise<Json> {
	const [record] = await collection(resource);
	if (record === undefined) throw new Error(`the collection has no ${resource}`);
	return structuredClone(record);
}

const read = (resource: Resource, body: Json) =>
	tolerantRead<unknown>(answerSchema(resource), body);

/** Every place in a document that holds something, as keys from its root. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
	if (typeof value !== 'object' || value === null) return [path];
	const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
	const inside = keys.flatMap((key) => placesOf(Reflect.get(value, key), [...path, key]));
	return path.length === 0 ? inside : [path, ...inside];
}

function put(root: unknown, path: readonly (string | number)[], value: unknown): void {
	const holder = path
		.slice(0, -1)
		.reduce<unknown>((at, key) => Reflect.get(at as object, key), root);
	Reflect.set(holder as object, path.at(-1) ?? '', value);
}

/** Without these a page has nothing to stand on. */
const ESSENTIAL =
	/^(format|id|isSample|name|summary|description|textAlternative|credit|rights|museum|isHub|point|region|number|protectionUnit|entrance|registration|district|media)(\.|$)/;

describe('a reader', () => {
	it.each(['artefacts', 'exhibits', 'tours', 'museums', 'traditions'] as const)(
		'never loses a whole record of %s to one value it does not understand',
		async (resource) => {
			const record = await first(resource);
			const whole = read(resource, structuredClone(record));
			expect(whole?.leftOut).toEqual([]);
			const lost: string[] = [];
			for (const path of placesOf(record)) {
				const name = path.join('.');
				if (ESSENTIAL.test(name)) continue;
				const changed = structuredClone(record);
				put(changed, path, 'of a later version');
				const got = read(resource, changed);
				if (got === undefined) lost.push(name);
			}
			expect(lost).toEqual([]);
		},
	);

	it('leaves out a tier it does not know, and says so', async () => {
		const record = await first('artefacts');
		put(record, ['asset', 'manifest', 'tiers', 0, 'tier'], 'ultra');
		const before = (await first('artefacts')).asset as { manifest: { tiers: unknown[] } };
		expect(read('artefacts', record)).toMatchObject({
			data: { asset: { manifest: { tiers: before.manifest.tiers.slice(1) } } },
			leftOut: ['asset.manifest.tiers.0'],
		});
	});

	it.each([
		['a kind of asset', ['asset', 'manifest', 'kind'], 'hologram'],
		['a format of asset', ['asset', 'manifest', 'format'], 'xishan-asset/9'],
	])('keeps the words of a piece whose scan has %s it does not know', async (_, path, word) => {
		const record = await first('artefacts');
		put(record, path, word);
		const got = read('artefacts', record);
		expect(got?.data).toMatchObject({ name: record.name, asset: { manifest: null } });
		expect(got?.leftOut).toEqual(['asset.manifest']);
	});

	it('takes a failure of an unknown code for a failure', async () => {
		const failure = { code: 'cosmic-rays', message: 'a later version says why' };
		const record = {
			...(await first('artefacts')),
			asset: asset({ status: 'failed', manifest: null, failure }),
		};
		expect(read('artefacts', record)?.data).toMatchObject({
			asset: { status: 'failed', failure: null },
		});
	});

	it('keeps a word of its own that it does not know as it is', async () => {
		const record = { ...(await first('museums')), kind: 'planetarium' };
		expect(read('museums', record)).toMatchObject({
			data: { kind: 'planetarium' },
			leftOut: ['kind'],
		});
	});

	it('keeps a room of an unknown template, and leaves out a light of an unknown kind', async () => {
		const record = await first('exhibits');
		const rooms = record.rooms as unknown[];
		const lights = record.lights as unknown[];
		put(record, ['rooms', 0, 'template'], 'sky-garden');
		put(record, ['lights', 1, 'kind'], 'laser');
		const [roomCount, lightCount] = [rooms.length, lights.length];
		const { rooms: kept, lights: lit } = z
			.object({ rooms: z.array(z.json()), lights: z.array(z.json()) })
			.parse(read('exhibits', record)?.data);
		expect(kept).toHaveLength(roomCount);
		expect(kept[0]).toMatchObject({ template: 'ink-hall' });
		expect(lit).toHaveLength(lightCount - 1);
	});

	it.each([
		['exhibits', { pieces: [], rooms: [], lights: [] }],
		['tours', { stops: [], museums: [] }],
	] as const)('takes %s with nothing in them', async (resource, empty) => {
		const record = { ...(await first(resource)), ...empty };
		expect(read(resource, record)).toMatchObject({ data: empty, leftOut: [] });
	});

	it('leaves out members of a list that have no name, and no others', async () => {
		const names = ['one', 'two', 'three', 'four'];
		const record = { ...(await first('artefacts')), poster: null, asset: null };
		const summaries: Json[] = names.map((id) => ({ ...record, id }));
		for (const index of [1, 2]) delete summaries[index]?.name;
		const body = { items: summaries, total: { value: 4, exact: true } };
		const got = tolerantRead(pageOf(summarySchema('artefacts')), body);
		expect(got?.data.items.map(({ id }) => id)).toEqual(['one', 'four']);
		expect(got?.leftOut).toEqual(['items.1', 'items.2']);
	});

	it('reads no document of another format in parts, and leaves it out of a list', () => {
		const thing = z.object({ format: z.literal('thing/1'), name: z.string().optional() });
		expect(tolerantRead(thing, { format: 'thing/2', name: 'x' })).toBeUndefined();
		const many = tolerantRead(z.object({ items: z.array(thing) }), {
			items: [{ format: 'thing/2' }, { format: 'thing/1' }],
		});
		expect(many).toEqual({ data: { items: [{ format: 'thing/1' }] }, leftOut: ['items.0'] });
	});

	it('gives up on what is no document at all', () => {
		for (const body of [undefined, null, 7, 'text', []]) {
			expect(tolerantRead(z.object({ name: z.string() }), body)).toBeUndefined();
		}
	});
});
