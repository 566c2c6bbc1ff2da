import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertFiles } from '../../../../server/assets/asset-files.ts';
import { aManifest, giveAsset } from '../../../support/assets.ts';
import { aSmallCluster, publish } from '../../../support/catalogue.ts';
import { aPerson, type Person } from '../../../support/people.ts';
import { expectProblem } from '../../../support/problems.ts';
import { aMuseum, anArtefact, aPlace } from '../../../support/records.ts';
import { startTestServer, type TestServer } from '../../../support/test-server.ts';

/* One record through its life over HTTP, as the studio will lead it: each step builds on the one before. */

const BELL = '/api/v1/artefacts/bronze-bell';
const ASSET = 'c'.repeat(32);
const BYTES = Buffer.from('a bell in three dimensions');
const HASH = createHash('sha256').update(BYTES).digest('hex');

let server: TestServer;
let curator: Person;
let registrar: Person;
let stranger: Person;

beforeAll(async () => {
	server = await startTestServer();
	const { db, store } = server.context;
	await publish(db, [
		...aSmallCluster(),
		{ resource: 'museums', document: aMuseum({ id: 'hill-museum' }) },
		{ resource: 'places', document: aPlace({ id: 'nowhere' }) },
	]);
	await store.put(BYTES);
	await giveAsset(db, 'ridge-beast', {
		...{ id: ASSET, job: randomUUID(), status: 'ready', manifest: aManifest() },
	});
	await db.orm.transaction((tx) =>
		insertFiles(tx, ASSET, [
			{ name: 'bell.glb', sha256: HASH, bytes: BYTES.length, isPublic: true },
		]),
	);
	curator = await aPerson(server, 'curator', 'river-museum');
	registrar = await aPerson(server, 'registrar', 'river-museum');
	stranger = await aPerson(server, 'registrar', 'hill-museum');
});
afterAll(() => server?.[Symbol.asyncDispose]());

function act(who: Person, path: string, body: object, method = 'POST') {
	return who.ask(path, { method, body });
}

const name = (zh: string, en?: string) => ({ 'zh-CN': zh, ...(en ? { en } : {}) });
const bell = (title: ReturnType<typeof name>) => anArtefact({ id: 'bronze-bell', name: title });
const FIRST = bell(name('铜钟', 'Bronze bell'));
const SECOND = bell(name('大铜钟', 'Bronze bell'));

it('what is being written is nobody’s but the house’s', async () => {
	const sitting = randomUUID();
	const draft = { base: 0, document: { id: 'bronze-bell', museum: 'river-museum' } };
	expect((await act(curator, `${BELL}/drafts/${sitting}`, draft, 'PUT')).status).toBe(200);
	expect((await server.ask(BELL)).status).toBe(404);
	expect((await server.ask(`${BELL}/life`)).status).toBe(401);
	expect((await stranger.ask(`${BELL}/life`)).status).toBe(403);
	const life = (await registrar.ask(`${BELL}/life`)).json();
	expect(life).toMatchObject({ state: 'draft', newest: 0, owner: 'river-museum', drafts: [{}] });
	const written = (await curator.ask(`${BELL}/drafts/${sitting}`)).json();
	expect(written).toMatchObject({ document: draft.document, author: curator.id });
});

it('what is handed in must be whole, and waits for a second person', async () => {
	const half = { base: 0, document: { id: 'bronze-bell', museum: 'river-museum' }, note: 'half' };
	const refused = await act(curator, `${BELL}/submission`, half);
	expectProblem(refused, 400, 'invalid');
	expect(
		(refused.json() as { errors: { path: string }[] }).errors.map(({ path }) => path),
	).toContain('summary');
	const whole = { base: 0, document: FIRST, note: 'first', checked: ['zh-CN'] };
	expect((await act(curator, `${BELL}/submission`, whole)).json()).toEqual({ revision: 1 });
	const early = { base: 1, languages: ['zh-CN'] };
	expectProblem(await act(registrar, `${BELL}/publication`, early), 409, 'conflict');
	expect((await act(curator, `${BELL}/approval`, { base: 1 })).status).toBe(403);
	expect((await act(registrar, `${BELL}/approval`, { base: 1 })).status).toBe(204);
});

it('readers get the languages that were named, no other', async () => {
	const wish = { base: 1, languages: ['zh-CN'] };
	expect((await act(registrar, `${BELL}/publication`, wish)).status).toBe(204);
	const shown = (await server.ask(BELL)).json() as { name: object };
	expect(shown.name).toEqual({ 'zh-CN': '铜钟' });
	expect((await server.ask('/api/v1/artefacts?q=Bronze')).json()).toMatchObject({ items: [] });
	const both = { base: 1, languages: ['zh-CN', 'en'] };
	await act(registrar, `${BELL}/publication`, both);
	expect((await server.ask(BELL)).json()).toMatchObject({ name: { en: 'Bronze bell' } });
});

it('who writes on an older revision is told which is newer, and whose it is', async () => {
	const cut = { base: 1, document: SECOND, note: 'second' };
	expect((await act(curator, `${BELL}/submission`, cut)).json()).toEqual({ revision: 2 });
	const late = await act(registrar, `${BELL}/revisions`, { ...cut, note: 'late' });
	expectProblem(late, 409, 'conflict');
	expect(late.json()).toMatchObject({ now: { revision: 2, author: curator.id } });
	// Until it is published, readers see what they saw.
	expect((await server.ask(BELL)).json()).toMatchObject({ name: { 'zh-CN': '铜钟' } });
	const { items } = (await registrar.ask(`${BELL}/diff?to=2`)).json() as { items: object[] };
	expect(items).toContainEqual(expect.objectContaining({ path: 'name.zh-CN', after: '大铜钟' }));
});

it('an English text is stale once its Chinese has changed', async () => {
	const second = (await registrar.ask(`${BELL}/revisions/2`)).json();
	expect(second).toMatchObject({ languages: { 'zh-CN': { state: 'draft' } } });
	await act(registrar, `${BELL}/approval`, { base: 2 });
	await act(registrar, `${BELL}/publication`, { base: 2, languages: ['zh-CN', 'en'] });
	const back = await act(registrar, `${BELL}/rollback`, { base: 2, to: 1, note: 'as it was' });
	expect(back.json()).toEqual({ revision: 3 });
	expect((await server.ask(BELL)).json()).toMatchObject({ name: { 'zh-CN': '铜钟' } });
});

it('what something published needs is not taken away silently', async () => {
	const wish = { base: 1, reason: 'it goes home' };
	const refused = await act(registrar, '/api/v1/artefacts/ridge-beast/withdrawal', wish);
	expectProblem(refused, 409, 'conflict');
	expect((refused.json() as { neededBy: string[] }).neededBy).toContain('exhibits/first-room');
});

it('a withdrawal takes the bytes with it, from the next request on', async () => {
	const bytes = `/objects/sha256/${HASH}/bell.glb`;
	const seen = await server.ask(bytes);
	expect(seen.status).toBe(200);
	const wish = { base: 1, reason: 'it goes home', acceptsDangling: true };
	const gone = await act(registrar, '/api/v1/artefacts/ridge-beast/withdrawal', wish);
	expect(gone.status).toBe(204);
	const etag = { headers: { 'if-none-match': seen.headers.etag ?? '' } };
	for (const path of [bytes, '/api/v1/artefacts/ridge-beast', `/api/v1/assets/${ASSET}/manifest`]) {
		expect((await server.ask(path)).status).toBe(404);
		expect((await server.ask(path, etag)).status).toBe(404);
	}
	// Who works there still sees it.
	expect((await curator.ask(bytes)).headers['cache-control']).toBe('private, no-store');
});

it('a date in the future is an embargo: readers see nothing, the house sees when', async () => {
	const at = new Date(Date.now() + 3_600_000).toISOString();
	const lamp = '/api/v1/artefacts/miner-lamp';
	const document = anArtefact({ id: 'miner-lamp' });
	await act(curator, `${lamp}/submission`, { base: 0, document, note: 'lamp' });
	await act(registrar, `${lamp}/approval`, { base: 1 });
	const wish = { base: 1, languages: ['zh-CN'], at };
	expect((await act(registrar, `${lamp}/publication`, wish)).status).toBe(204);
	expect((await server.ask(lamp)).status).toBe(404);
	const life = (await curator.ask(`${lamp}/life`)).json();
	expect(life).toMatchObject({ state: 'approved', publishAt: at, publishedRevision: null });
	const forget = { base: 1, what: 'publish' };
	expect((await act(registrar, `${lamp}/cancellation`, forget)).status).toBe(204);
	expect((await curator.ask(`${lamp}/life`)).json()).toMatchObject({ publishAt: null });
});

it('a record is given to another museum only by who may act for both', async () => {
	const document = { ...SECOND, museum: 'hill-museum' };
	const cut = { base: 3, document, note: 'a gift' };
	expect((await act(curator, `${BELL}/submission`, cut)).status).toBe(403);
	const admin = await aPerson(server, 'admin');
	expect((await act(admin, `${BELL}/submission`, cut)).status).toBe(201);
});

it('an act that is sent again under its key is one act', async () => {
	const cut = { base: 1, document: anArtefact({ id: 'miner-lamp' }), note: 'once more' };
	const how = {
		method: 'POST',
		body: { ...cut, document: { ...cut.document, name: name('新灯') } },
		headers: { 'idempotency-key': randomUUID() },
	};
	const path = '/api/v1/artefacts/miner-lamp/revisions';
	const [first, again] = [await curator.ask(path, how), await curator.ask(path, how)];
	expect(first.json()).toEqual({ revision: 2 });
	expect(again.json()).toEqual({ revision: 2 });
});
