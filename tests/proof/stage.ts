/**
 * Proof of the stage in a real browser, longer than the tests may take: what is given back after 50 changes of
 * piece and 20 rooms; contexts that are lost before the first pixel, during refinement, while walking, twice, on a
 * hidden page and for good; and transfers that stall.
 *
 *     npm run proof:stage                                  on a cluster of its own (the demo is digitised first)
 *     npm run proof:stage -- http://127.0.0.1:8080         on a server that runs already
 *
 * Prints a line a trial; ends with 1 when one did not hold.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { countGl, type GlCount, readGl } from '../support/gl-count.ts';
import { spawnServer } from '../support/spawn-server.ts';

const PIECES = 50;
const ROOMS = 20;
const VIEWPORT = { width: 640, height: 480 };
const SEEN = '.stage[data-seen="true"][data-phase="idle"]';
const LOST = '.stage-notice';
const IMPORT_POLL_MS = 2_000;

interface Site {
	origin: string;
	artefacts: string[];
	exhibit: { id: string; pieces: number };
}

interface Trial {
	name: string;
	run(browser: Browser, site: Site): Promise<string>;
}

async function json<T>(url: string): Promise<T> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url} answers ${response.status}`);
	return (await response.json()) as T;
}

async function readSite(origin: string): Promise<Site> {
	type Page = { items: { id: string; asset?: { status: string } | null }[] };
	const list = (path: string) => json<Page>(`${origin}/api/v1/${path}`);
	for (;;) {
		const { items } = await list('artefacts?limit=50&view=summary');
		if (
			items.length > 0 &&
			items.every(({ asset }) => asset?.status !== 'queued' && asset?.status !== 'running')
		) {
			const artefacts = items.filter(({ asset }) => asset?.status === 'ready').map(({ id }) => id);
			const [first] = (await list('exhibits?limit=1')).items;
			if (first === undefined) throw new Error('there is no exhibit');
			const { pieces } = await json<{ pieces: unknown[] }>(`${origin}/api/v1/exhibits/${first.id}`);
			return { origin, artefacts, exhibit: { id: first.id, pieces: pieces.length } };
		}
		await delay(IMPORT_POLL_MS);
	}
}

function expectThat(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}

const go = (page: Page, path: string) =>
	page.evaluate((to) => history.pushState(null, '', to), path);

const full = ({ exhibit }: Site) => `.stage-room[data-shown="${exhibit.pieces}"]`;

async function lose(page: Page): Promise<void> {
	await page.evaluate(() => {
		const canvas = document.querySelector<HTMLCanvasElement>('.stage-canvas');
		const loss = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
		Reflect.set(globalThis, '__loss', loss);
		loss?.loseContext();
	});
}

const giveBack = (page: Page) =>
	page.evaluate(() => Reflect.get(globalThis, '__loss').restoreContext());

/** Has the page take itself for hidden, or for seen again. */
async function hide(page: Page, isHidden: boolean): Promise<void> {
	await page.evaluate((hidden) => {
		Object.defineProperty(document, 'visibilityState', {
			configurable: true,
			get: () => (hidden ? 'hidden' : 'visible'),
		});
		document.dispatchEvent(new Event('visibilitychange'));
	}, isHidden);
}

async function expectRestored(page: Page, selector: string): Promise<string> {
	await page.locator(selector).waitFor();
	await page.locator(LOST).waitFor({ state: 'detached' });
	const { contexts } = await readGl(page);
	expectThat(contexts.live === 1, `contexts live: ${contexts.live}`);
	return `shown again, contexts made ${contexts.made}, live ${contexts.live}`;
}

const say = ({ contexts, live, listeners }: GlCount): string =>
	`contexts ${contexts.made}/${contexts.live}, textures ${live.Texture}, buffers ${live.Buffer}, programs ${live.Program}, listeners ${listeners}`;

const walks: Trial = {
	name: `${PIECES} changes of piece and ${ROOMS} rooms`,
	async run(browser, site) {
		await using visit = await openPage(browser, { viewport: VIEWPORT });
		const { page } = visit;
		await countGl(page);
		await page.goto(`${site.origin}/about`);
		let first: GlCount | undefined;
		for (let turn = 0; turn < PIECES; turn++) {
			await go(page, `/artefacts/${site.artefacts[turn % site.artefacts.length]}`);
			await page.locator('.stage[data-seen="true"]').waitFor();
			if (turn < ROOMS) {
				await go(page, `/exhibits/${site.exhibit.id}`);
				await page.locator('.stage-room[data-seen="true"]').waitFor();
			}
			await go(page, '/about');
			await page.locator('.stage').waitFor({ state: 'detached' });
			first ??= await readGl(page);
		}
		const last = await readGl(page);
		expectThat(last.contexts.live === 0, `live contexts: ${last.contexts.live}`);
		expectThat(
			last.listeners === first?.listeners,
			`listeners: ${first?.listeners} → ${last.listeners}`,
		);
		return say(last);
	},
};

function roomTrial(name: string, during: (page: Page, site: Site) => Promise<void>): Trial {
	return {
		name,
		async run(browser, site) {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await countGl(page);
			await page.goto(`${site.origin}/exhibits/${site.exhibit.id}`);
			await page.locator(full(site)).waitFor();
			await during(page, site);
			return await expectRestored(page, full(site));
		},
	};
}

const roomTrials: Trial[] = [
	roomTrial('room: lost for half a second', async (page) => {
		await lose(page);
		await page.locator(LOST).waitFor();
		await delay(500);
		await giveBack(page);
	}),
	roomTrial('room: lost while walking', async (page) => {
		await page.locator('.stage-canvas').focus();
		await page.keyboard.down('KeyW');
		await delay(300);
		await lose(page);
		await delay(300);
		await page.keyboard.up('KeyW');
		await giveBack(page);
	}),
	roomTrial('room: lost twice', async (page, site) => {
		for (let time = 0; time < 2; time++) {
			await lose(page);
			await delay(200);
			await giveBack(page);
			if (time === 0) await page.locator(full(site)).waitFor();
		}
	}),
	roomTrial('room: lost and given back while the page is hidden', async (page) => {
		await hide(page, true);
		await lose(page);
		await delay(500);
		await giveBack(page);
		await delay(500);
		await hide(page, false);
	}),
	roomTrial('room: never given back, opened by the button', async (page) => {
		await lose(page);
		await page.locator(`${LOST} button`).click();
	}),
];

/** Opens a piece whose transfers answer as `answer` says, then loses the context. */
function pieceTrial(name: string, wait: string, holds: 'thumb' | 'finer'): Trial {
	return {
		name,
		async run(browser, site) {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await countGl(page);
			let letGo = () => {};
			const gate = new Promise<void>((resolve) => {
				letGo = resolve;
			});
			let asked = 0;
			await page.route('**/*.glb', async (route) => {
				asked++;
				if (holds === 'thumb' || asked > 1) await gate;
				await route.continue().catch(() => {});
			});
			await page.goto(`${site.origin}/artefacts/${site.artefacts[0]}`);
			await page.locator(wait).waitFor();
			await page.waitForFunction(() =>
				document.querySelector<HTMLCanvasElement>('.stage-canvas')?.getContext('webgl2'),
			);
			await lose(page);
			await page.locator(LOST).waitFor();
			letGo();
			await delay(300);
			await giveBack(page);
			return await expectRestored(page, SEEN);
		},
	};
}

const stalls: Trial = {
	name: 'piece: the first transfer stalls half way',
	async run(browser, site) {
		await using visit = await openPage(browser, { viewport: VIEWPORT });
		const { page } = visit;
		await countGl(page);
		// The browser's own fetch, broken in the page: a proxy could not stop half way.
		await page.addInitScript(() => {
			const whole = globalThis.fetch;
			let broken = false;
			globalThis.fetch = async (...asked: Parameters<typeof fetch>) => {
				const response = await whole(...asked);
				if (broken || !String(asked[0]).endsWith('.glb') || response.body === null) return response;
				broken = true;
				const bytes = new Uint8Array(await response.arrayBuffer());
				const half = bytes.subarray(0, bytes.length >> 1);
				const signal = asked[1]?.signal;
				const body = new ReadableStream({
					start(controller) {
						controller.enqueue(half);
						signal?.addEventListener('abort', () => controller.error(signal.reason));
					},
				});
				return new Response(body, { status: response.status, headers: response.headers });
			};
		});
		const parts: string[] = [];
		page.on('request', (request) => {
			const { range } = request.headers();
			if (range !== undefined && request.url().endsWith('.glb')) parts.push(range);
		});
		await page.goto(`${site.origin}/artefacts/${site.artefacts[0]}`);
		await page.locator(SEEN).waitFor();
		return `shown all the same; asked for parts: ${parts.join(', ') || 'none (another tier stood in)'}`;
	},
};

const TRIALS: Trial[] = [
	pieceTrial('piece: lost before the first pixel', '.stage-canvas', 'thumb'),
	pieceTrial(
		'piece: lost during refinement',
		'.stage[data-tier="thumb"][data-seen="true"]',
		'finer',
	),
	stalls,
	...roomTrials,
	walks,
];

async function main(): Promise<void> {
	const [given] = process.argv.slice(2);
	await using undo = new AsyncDisposableStack();
	const env = { XISHAN_DEMO: 'yes', JOB_REFINE: 'no', LOG_LEVEL: 'warn' };
	const clientDir = new URL('../../dist', import.meta.url).pathname;
	const origin = given ?? undo.use(await spawnServer({ clientDir, env })).origin;
	const site = await readSite(origin);
	const browser = await launchBrowser();
	undo.defer(() => browser.close());
	for (const { name, run } of TRIALS) {
		try {
			console.log(`held    ${name}: ${await run(browser, site)}`);
		} catch (error) {
			process.exitCode = 1;
			console.log(`FAILED  ${name}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
}

await main();
