import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { artefactOf } from '#schema/exhibit/piece';
import { createVisit } from '../../../client/state/visit.ts';
import { publish } from '../../support/catalogue.ts';
import { aMuseum, anArtefact, anExhibit } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const PIECES = 60;
const ids = Array.from({ length: PIECES }, (_, i) => `piece-${i}`);

const aModel = (artefact: string) =>
	({ kind: 'artefact', artefact, medium: 'model', asset: 'latest' }) as const;

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer();
	const pieces = ids.flatMap((id) =>
		anExhibit().pieces.map((piece) => ({ ...piece, id, shows: aModel(id) })),
	);
	await publish(server.context.db, [
		{ resource: 'museums', document: aMuseum() },
		...ids.map((id) => ({ resource: 'artefacts' as const, document: anArtefact({ id }) })),
		{ resource: 'exhibits', document: anExhibit({ pieces }) },
	]);
});
afterAll(() => server?.[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllGlobals());

/** A visit to the server, with what it asked of it. */
function aVisit(page?: string) {
	const asked: string[] = [];
	const ask = globalThis.fetch;
	vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
		asked.push(path);
		return ask(server.origin + path, init);
	});
	const memory = { getItem: () => null, setItem: () => {} };
	return { visit: createVisit('/', memory, new AbortController().signal, page), asked };
}

it('an exhibit of 60 pieces costs three requests: itself, its artefacts, its museum', async () => {
	const { visit, asked } = aVisit();
	const { exhibits, artefacts, museums } = visit.caches;
	await exhibits.load('records', ['first-room']);
	const exhibit = exhibits.store.getState().records['first-room']?.data;
	const shown = exhibit?.pieces.flatMap((piece) => artefactOf(piece) ?? []) ?? [];
	await Promise.all([
		...shown.map((id) => artefacts.load('records', [id])),
		museums.load('records', [exhibit?.museum ?? '']),
	]);
	const found = artefacts.store.getState().records;
	expect(ids.map((id) => found[id]?.data?.registration.holder)).toEqual(
		Array(PIECES).fill('river-museum'),
	);
	expect(asked).toEqual([
		'/api/v1/exhibits/first-room',
		`/api/v1/artefacts?ids=${ids.join(',')}`,
		'/api/v1/museums/river-museum',
	]);
});

it('shows what the page brought along without asking, and asks again once that is a minute old', async () => {
	const items = [anArtefact({ id: 'piece-0' })].map((each) => ({ ...each, asset: null }));
	const page = JSON.stringify([{ resource: 'artefacts', kind: 'records', items }]);
	vi.useFakeTimers({ toFake: ['Date'] });
	const { visit, asked } = aVisit(page);
	const { artefacts } = visit.caches;
	await artefacts.load('records', ['piece-0']);
	expect(artefacts.store.getState().records['piece-0']?.data?.name).toEqual(items[0]?.name);
	expect(asked).toEqual([]);
	vi.setSystemTime(Date.now() + 61_000);
	await artefacts.load('records', ['piece-0']);
	vi.useRealTimers();
	expect(asked).toEqual(['/api/v1/artefacts/piece-0']);
});

it('asks as usual where what the page brought along breaks the contract, or is nothing at all', async () => {
	const broken = [{ resource: 'artefacts', kind: 'records', items: [{ id: 'piece-0' }] }];
	for (const page of [JSON.stringify(broken), '[{"resource":"none"}]', '{', 'null', '']) {
		const { visit, asked } = aVisit(page);
		await visit.caches.artefacts.load('records', ['piece-0']);
		expect(asked, page).toEqual(['/api/v1/artefacts/piece-0']);
		vi.unstubAllGlobals();
	}
});
