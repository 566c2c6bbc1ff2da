import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withdraw } from '../../../server/catalogue/withdraw.ts';
import { aManifest, atSite, giveAsset } from '../../support/assets.ts';
import { emptyCatalogue, publish, storeAsIs } from '../../support/catalogue.ts';
import { aLibrary, aMuseum, anArtefact, anExhibit, aTradition } from '../../support/records.ts';
import { type Asking, startTestServer, type TestServer } from '../../support/test-server.ts';

const BUILD = {
	'assets/gone.js': 'gone',
	'index.html': `<!doctype html><html lang="zh-CN" data-fonts><head><title>as built</title>
<link rel="preload" as="font" href="/assets/serif.woff2" crossorigin>
<link rel="modulepreload" crossorigin href="/assets/shell.js"></head><body></body></html>`,
	'.vite/manifest.json': JSON.stringify({
		'index.html': { file: 'assets/index.js', imports: ['_shell.js'] },
		'_shell.js': { file: 'assets/shell.js', name: 'shell' },
		'_stage.js': { file: 'assets/stage.js', name: 'stage', imports: ['_shell.js'] },
		'visitor/pages/ArtefactPage.tsx': { file: 'assets/ArtefactPage.js', imports: ['_shell.js'] },
		'visitor/pages/ExhibitPage.tsx': { file: 'assets/ExhibitPage.js' },
		'visitor/pages/MuseumPage.tsx': {
			file: 'assets/MuseumPage.js',
			css: ['assets/MuseumPage.css'],
		},
		'stages/ExhibitStage.tsx': { file: 'assets/ExhibitStage.js', imports: ['_stage.js'] },
		'../assets/locales/zh-CN/interface.json': { file: 'assets/words-zh.js' },
		'../assets/locales/en/interface.json': { file: 'assets/words-en.js' },
	}),
};
const ASSET = 'c'.repeat(32);
const PAGE = '/artefacts/ridge-beast';
const aModel = (artefact: string) =>
	({ kind: 'artefact', artefact, medium: 'model', asset: 'latest' }) as const;

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer();
	for (const [name, text] of Object.entries(BUILD)) {
		const file = join(server.context.settings.clientDir, name);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text);
	}
});
afterAll(() => server?.[Symbol.asyncDispose]());

beforeEach(async () => {
	const { db } = server.context;
	await emptyCatalogue(db);
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'traditions', document: aTradition() },
		{ resource: 'libraries', document: aLibrary() },
		{
			resource: 'artefacts',
			document: anArtefact({ traditions: ['taiping-drum'], libraries: ['river-library'] }),
		},
		{ resource: 'exhibits', document: anExhibit() },
	]);
	const [status, manifest] = ['ready' as const, aManifest()];
	await giveAsset(db, 'ridge-beast', { id: ASSET, job: randomUUID(), status, manifest });
});

const open = (path: string, { headers, ...how }: Asking = {}) =>
	server.ask(path, { headers: { accept: 'text/html,*/*', ...headers }, ...how });

async function pageAt(path: string): Promise<string> {
	const { status, body } = await open(path);
	expect(status).toBe(200);
	return body.toString();
}

/** The answers that a page brings along. */
function answersIn(page: string): { resource: string; kind: string; items: unknown[] }[] {
	const [, text = '[]'] = /id="first-record">(.*?)<\/script>/s.exec(page) ?? [];
	return JSON.parse(text);
}

const preloadsIn = (page: string) =>
	[...page.matchAll(/<link rel="(?:modulepreload|preload)"[^>]*href="([^"]+)"/g)].map(
		([, at]) => at,
	);

async function expectPlain(path: string): Promise<void> {
	const page = await pageAt(path);
	expect(page).toContain('<title>as built</title>');
	expect(page).toContain('woff2');
	expect(page).not.toContain('first-record');
	expect(page).not.toContain('/assets/stage.js');
}

describe('the page of an artefact', () => {
	it('brings its record and what stands around it, exactly as the API answers', async () => {
		const answers = answersIn(await pageAt(PAGE));
		const asked = async (path: string) => (await server.ask(`/api/v1/${path}`)).json();
		expect(answers).toEqual([
			{ resource: 'artefacts', kind: 'records', items: [await asked('artefacts/ridge-beast')] },
			{ resource: 'museums', kind: 'records', items: [await asked('museums/river-museum')] },
			{
				...{ resource: 'traditions', kind: 'summaries' },
				...((await asked('traditions?ids=taiping-drum&view=summary')) as object),
			},
			{
				...{ resource: 'libraries', kind: 'summaries' },
				...((await asked('libraries?ids=river-library&view=summary')) as object),
			},
		]);
	});

	it('has the stage, the page, the words and the model fetched at once, and fonts wait', async () => {
		const page = await pageAt(PAGE);
		expect(preloadsIn(page)).toEqual([
			'/assets/shell.js',
			'/assets/stage.js',
			'/assets/ArtefactPage.js',
			'/assets/words-zh.js',
			atSite('thumb.glb'),
			atSite('poster.webp'),
		]);
		expect(page).toContain('<html lang="zh-CN">');
		expect(page).toMatch(/<title>琉璃鸱吻 · 西山/);
	});

	it('speaks English under /en', async () => {
		const page = await pageAt(`/en${PAGE}`);
		expect(page).toContain('<html lang="en">');
		expect(page).toMatch(/<title>Glazed ridge beast · Xishan/);
		expect(preloadsIn(page)).toContain('/assets/words-en.js');
	});

	it('cannot be broken out of by a name', async () => {
		const name = { 'zh-CN': '</script><script>alert(1)</script>' };
		await publish(server.context.db, [{ resource: 'artefacts', document: anArtefact({ name }) }]);
		const page = await pageAt(PAGE);
		expect(page.match(/<script/g)).toHaveLength(1);
		expect(answersIn(page)[0]?.items).toMatchObject([{ name }]);
	});

	it('is asked for each time, answered 304 while its record stands, and anew once it changed', async () => {
		const first = await open(PAGE);
		expect(first.headers['cache-control']).toBe('no-cache');
		const known = { headers: { 'if-none-match': String(first.headers.etag) } };
		const again = await open(PAGE, known);
		expect([again.status, again.body.length]).toEqual([304, 0]);
		const name = { 'zh-CN': '另一件', en: 'Another' };
		await publish(server.context.db, [{ resource: 'artefacts', document: anArtefact({ name }) }]);
		const changed = await open(PAGE, known);
		expect(changed.status).toBe(200);
		expect(changed.body.toString()).toContain('<title>另一件');
	});

	it('is packed for who takes it, and only described to who asks for its head', async () => {
		const packed = await open(PAGE, { headers: { 'accept-encoding': 'br' } });
		expect(packed.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(packed.body).toString()).toBe(await pageAt(PAGE));
		const head = await open(PAGE, { method: 'HEAD' });
		expect([head.status, head.body.length]).toEqual([200, 0]);
		expect(head.headers.etag).toBe((await open(PAGE)).headers.etag);
	});

	it('is the page as it was built for a record that is missing, withdrawn or unreadable', async () => {
		const { db } = server.context;
		await expectPlain('/artefacts/nothing-here');
		await expectPlain('/artefacts/NOT-A-NAME');
		await storeAsIs(db, 'artefacts', 'ridge-beast', {
			...anArtefact(),
			format: 'xishan-artefact/99',
		});
		await expectPlain(PAGE);
		await storeAsIs(db, 'artefacts', 'ridge-beast', { format: 'xishan-artefact/2' });
		await expectPlain(PAGE);
		const wish = {
			resource: 'artefacts',
			id: 'ridge-beast',
			base: 3,
			actor: 'x',
			reason: 'x',
		} as const;
		await db.orm.transaction((tx) => withdraw(tx, { ...wish, acceptsDangling: true }));
		await expectPlain(PAGE);
	});

	it('keeps its fonts first where nothing stands in 3D', async () => {
		await publish(server.context.db, [
			{ resource: 'artefacts', document: anArtefact({ id: 'flat' }) },
		]);
		const page = await pageAt('/artefacts/flat');
		expect(answersIn(page)[0]?.items).toMatchObject([{ id: 'flat', asset: null }]);
		expect(page).toContain('woff2');
		expect(preloadsIn(page).filter((at) => at?.startsWith('/objects/'))).toEqual([]);
	});
});

it('the page of an exhibit brings its museum and all it shows, and the model next to its door', async () => {
	const { db } = server.context;
	const exhibit = anExhibit();
	const far = exhibit.pieces.map((piece) => ({
		...{ ...piece, id: 'far', shows: aModel('far-beast') },
		positionM: [0, 0, -3] as [number, number, number],
	}));
	await publish(db, [
		{ resource: 'artefacts', document: anArtefact({ id: 'far-beast' }) },
		{ resource: 'exhibits', document: anExhibit({ pieces: [...far, ...exhibit.pieces] }) },
	]);
	const manifest = aManifest((name) => (name === 'thumb.glb' ? 'report.json' : name));
	const made = { id: 'd'.repeat(32), job: randomUUID(), status: 'ready' as const, manifest };
	await giveAsset(db, 'far-beast', made);
	const page = await pageAt('/exhibits/first-room');
	const names = answersIn(page).map(({ resource, items }) => [resource, items.length]);
	expect(names).toEqual([
		['exhibits', 1],
		['museums', 1],
		['artefacts', 2],
	]);
	expect(preloadsIn(page)).toEqual([
		'/assets/shell.js',
		'/assets/ExhibitStage.js',
		'/assets/stage.js',
		'/assets/ExhibitPage.js',
		'/assets/words-zh.js',
		atSite('thumb.glb'),
	]);
});

it('other pages name their own chunk and its style', async () => {
	const page = await pageAt('/museums/river-museum');
	expect(preloadsIn(page)).toContain('/assets/MuseumPage.js');
	expect(page).toContain('<link rel="stylesheet" crossorigin href="/assets/MuseumPage.css">');
	expect(page).toContain('<title>as built</title>');
});

it('who opens pages faster than the API answers gets them without their records', async () => {
	await using busy = await startTestServer({
		http: { rateLimits: { api: 1 }, clientDir: server.context.settings.clientDir },
	});
	await publish(busy.context.db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	const html = { headers: { accept: 'text/html' } };
	const pages = [await busy.ask(PAGE, html), await busy.ask(PAGE, html)];
	expect(pages.map(({ status }) => status)).toEqual([200, 200]);
	expect(pages.map(({ body }) => body.includes('first-record'))).toEqual([true, false]);
});

it('outlives a file that is gone while the client is rebuilt: that answer breaks off', async () => {
	const ask = async () => (await server.ask('/assets/gone.js')).body.toString();
	expect(await ask()).toBe('gone');
	await rm(join(server.context.settings.clientDir, 'assets/gone.js'));
	await expect(ask()).rejects.toThrow();
	await pageAt('/about');
});
