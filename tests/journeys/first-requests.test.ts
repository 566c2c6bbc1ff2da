import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import type { SpawnedServer } from '../support/spawn-server.ts';
import { journey, visitWorld } from '../support/visit-world.ts';

const TIMEOUT_MS = 600_000;
/** DESIGN §7: requests before the first pixel of a model. */
const REQUESTS_MAX = 12;

/** What a page has asked for, in order, as paths; and how many of them by the end of a model's first bytes. */
interface Asked {
	paths: string[];
	beforeModel: number | undefined;
}

function watch(page: Page): Asked {
	const asked: Asked = { paths: [], beforeModel: undefined };
	const pathOf = (request: Request) => new URL(request.url()).pathname;
	page.on('request', (request) => asked.paths.push(pathOf(request)));
	page.on('requestfinished', (request) => {
		if (pathOf(request).endsWith('/thumb.glb')) asked.beforeModel ??= asked.paths.length;
	});
	return asked;
}

journey('the way to the first pixel of a model', () => {
	let server: SpawnedServer;
	let browser: Browser;

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld(), launchBrowser()]);
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	for (const [path, seen] of [
		['/artefacts/glazed-ridge-beast', '.stage[data-tier]'],
		['/en/artefacts/stone-lion', '.stage[data-tier]'],
		['/exhibits/kiln-light-on-the-hills', '.stage-room[data-seen="true"]'],
	] as const) {
		it(
			`takes at most ${REQUESTS_MAX} requests, none for what the page brought along, and no font before it (${path})`,
			async () => {
				const viewport = { width: 640, height: 480 };
				await using visit = await openPage(browser, { viewport, prefersReducedMotion: true });
				const { page, complaints } = visit;
				const asked = watch(page);
				await page.goto(server.origin + path);
				await page.locator(seen).waitFor();
				await page.locator('html[data-fonts]').waitFor({ state: 'attached' });

				expect(asked.beforeModel ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(REQUESTS_MAX);
				const place = (what: RegExp) => asked.paths.findIndex((each) => what.test(each));
				expect(place(/thumb\.glb$/)).toBeGreaterThan(0);
				for (const later of [/\.woff2$/, /\/MuseumPage-/]) {
					expect(place(later) === -1 || place(later) > place(/thumb\.glb$/), `${later}`).toBe(true);
				}
				expect(place(/\.woff2$/)).toBeGreaterThan(0);
				expect(asked.paths.filter((each) => each.startsWith('/api/'))).toEqual([]);
				expect(asked.paths.length).toBe(new Set(asked.paths).size);
				// A preload that did not fit its use would be complained of, and its bytes fetched twice.
				expect(complaints).toEqual([]);
			},
			TIMEOUT_MS,
		);
	}
});
