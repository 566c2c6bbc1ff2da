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
function aVisit() {
	const asked: string[] = [];
	const ask = globalThis.fetch;
	vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
		asked.push(path);
		return ask(server.origin + path, init);
	});
	const memory = { getItem: () => null, setItem: () => {} };
	return { visit: createVisit('/', memory, new AbortController().signal), asked };
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
