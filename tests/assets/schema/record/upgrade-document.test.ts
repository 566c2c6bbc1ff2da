import { describe, expect, it } from 'vitest';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { FORMATS, NewerFormatError } from '#schema/record/document-format';
import { RECORD_SCHEMAS } from '#schema/record/record';
import { RESOURCES } from '#schema/record/resources';
import { upgradeDocument } from '#schema/record/upgrade-document';
import { frozenDocuments, readFrozen } from '../../../support/frozen-documents.ts';

const frozen = frozenDocuments();
const numberOf = (format: string) => Number(format.split('/')[1]);

describe('a frozen document', () => {
	it('is there for every format that every resource ever had', () => {
		const wanted = RESOURCES.flatMap((resource) =>
			Array.from({ length: numberOf(FORMATS[resource]) }, (_, i) => `${resource}/${i + 1}`),
		);
		const there = new Set(frozen.map(({ resource, number }) => `${resource}/${number}`));
		expect([...there].toSorted()).toEqual(wanted.toSorted());
	});

	it.each(frozen)(
		'$file says its format, the first ones of all none',
		({ resource, number, document }) => {
			const last = FORMATS[resource];
			const isOfOldest = number === 1 && numberOf(last) > 1;
			expect(document.format).toBe(isOfOldest ? undefined : last.replace(/\d+$/, String(number)));
		},
	);

	it.each(frozen)(
		'$file becomes a whole document of now, itself untouched',
		({ resource, document }) => {
			const upgraded = upgradeDocument(resource, document);
			expect(upgraded.format).toBe(FORMATS[resource]);
			expect(RECORD_SCHEMAS[resource].parse(upgraded)).toEqual(upgraded);
			expect(upgradeDocument(resource, upgraded)).toBe(upgraded);
		},
	);

	it('of the present format is not even copied', () => {
		for (const { resource, document } of frozen) {
			if (document.format !== FORMATS[resource]) continue;
			expect(upgradeDocument(resource, document)).toBe(document);
		}
	});

	it('of an older one keeps every member that the step does not name', () => {
		const { space, pieces, texts, lights, ...rest } = readFrozen('exhibit-1.json');
		expect([space, pieces, texts, lights]).not.toContain(undefined);
		expect(upgradeDocument('exhibits', readFrozen('exhibit-1.json'))).toMatchObject(rest);
		for (const name of ['museum', 'tradition', 'library', 'place', 'artefact'] as const) {
			const { resource, document } = frozen.find(({ file }) => file === `${name}-1.json`) ?? {};
			if (!resource || !document) throw new Error(`no ${name}-1.json`);
			expect(upgradeDocument(resource, document)).toMatchObject(document);
		}
	});
});

describe('an artefact of format 1', () => {
	it('has its scan as the medium `model`', () => {
		const upgraded = upgradeDocument('artefacts', readFrozen('artefact-1.json'));
		expect(upgraded).toMatchObject({
			id: 'glazed-ridge-beast',
			media: [{ id: 'model', role: 'model', asset: 'latest', isDecorative: false }],
			articles: [],
			stories: [],
		});
	});
});

describe('a tour of format 1', () => {
	it('keeps its cameras and its time', () => {
		const [, stop] = upgradeDocument('tours', readFrozen('tour-1.json')).stops;
		expect(stop).toMatchObject({
			artefact: 'glazed-ridge-beast',
			camera: { positionM: [-0.9, 0.7, 1.6], targetM: [0, 0.46, 0] },
			durationS: 70,
			media: [],
		});
	});
});

describe('an exhibit of format 1', () => {
	const old = readFrozen('exhibit-1.json');
	const now: Exhibit = upgradeDocument('exhibits', old);

	it('has one room at the origin, entered where it was', () => {
		expect(now.rooms).toEqual([
			{ id: 'main', template: 'ink-hall', sizeM: [12, 4.2, 9], positionM: [0, 0, 0], yawRad: 0 },
		]);
		expect(now.entrance).toEqual({ room: 'main', positionM: [0, 0, 3.7], yawRad: 0 });
		expect(now.doors).toEqual([]);
		expect(now).not.toHaveProperty('space');
	});

	it('shows the same artefacts in the same places, their hotspots on the same points', () => {
		const [hero] = now.pieces;
		expect(hero).toMatchObject({
			id: 'hero-ridge-beast',
			room: 'main',
			shows: {
				kind: 'artefact',
				artefact: 'glazed-ridge-beast',
				medium: 'model',
				asset: 'latest',
			},
			positionM: [0, 0, -0.6],
			yawRad: 0.5,
		});
		expect(hero?.hotspots.map(({ id, at }) => [id, at])).toEqual([
			['jaws', { kind: 'point', positionM: [-0.15, 0.277, 0.096] }],
			['tail', { kind: 'point', positionM: [0.144, 0.837, 0.078] }],
			['hilt', { kind: 'point', positionM: [-0.083, 0.895, 0.037] }],
			['glaze', { kind: 'point', positionM: [0.088, 0.6, 0.12] }],
		]);
		expect(now.pieces).toHaveLength(9);
	});

	it('is lit as it was, each light under a name of its own', () => {
		const before = old.lights as object[];
		expect(now.lights).toHaveLength(before.length);
		expect(now.lights).toMatchObject(before);
		expect(now.lights.slice(0, 3).map(({ id }) => id)).toEqual(['key-1', 'fill-2', 'spot-3']);
	});
});

describe('a document that this program cannot read', () => {
	it('because a newer one wrote it says both formats, and is not touched', () => {
		const newer = { ...readFrozen('exhibit-2.json'), format: 'xishan-exhibit/3' };
		expect(() => upgradeDocument('exhibits', newer)).toThrow(NewerFormatError);
		expect(() => upgradeDocument('exhibits', newer)).toThrow(
			expect.objectContaining({ stored: 'xishan-exhibit/3', known: 'xishan-exhibit/2' }),
		);
	});

	it.each(['xishan-tour/2', 'xishan-exhibit/0', 'xishan-exhibit/', 'xishan-exhibit/2b', 'x', 7])(
		'because its format is %s is an error of another kind',
		(format) => {
			const wrong = { ...readFrozen('exhibit-2.json'), format };
			expect(() => upgradeDocument('exhibits', wrong)).toThrow(/is no format of exhibits/);
		},
	);
});
