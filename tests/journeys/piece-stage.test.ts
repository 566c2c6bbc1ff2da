import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import type { SpawnedServer } from '../support/spawn-server.ts';
import { journey, visitWorld } from '../support/visit-world.ts';

const VIEWPORT = { width: 640, height: 480 };
const TIMEOUT_MS = 600_000;
const FINEST = '.stage[data-phase="idle"]';

journey('a piece on its stage', () => {
	let server: SpawnedServer;
	let browser: Browser;
	let address: string;
	let tiers: { tier: string; file: string }[];

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld(), launchBrowser()]);
		const read = async (query: string) =>
			(await (await fetch(`${server.origin}/api/v1/artefacts?${query}`)).json()).items;
		const names = (await read('limit=100')).map(({ id }: { id: string }) => id);
		const items = await read(`ids=${names.join(',')}`);
		const smallest = items
			.filter((item: { asset: { status: string } | null }) => item.asset?.status === 'ready')
			.sort(
				(a: { asset: Sized }, b: { asset: Sized }) =>
					(a.asset.manifest.tiers.at(-1)?.bytes ?? 0) - (b.asset.manifest.tiers.at(-1)?.bytes ?? 0),
			)[0];
		address = `${server.origin}/artefacts/${smallest.id}`;
		tiers = smallest.asset.manifest.tiers;
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	it(
		'shows its first look before its finest, asks no one else for anything, and answers keys',
		async () => {
			await using visit = await openPage(browser, {
				viewport: VIEWPORT,
				prefersReducedMotion: true,
			});
			const { page } = visit;
			const asked: string[] = [];
			page.on('request', (request) => {
				const tier = tiers.find(({ file }) => request.url().endsWith(file));
				if (tier !== undefined) asked.push(tier.tier);
			});
			await page.goto(address);
			await page.locator(FINEST).waitFor();
			expect(asked[0]).toBe('thumb');
			expect(asked.length).toBeGreaterThan(1);

			const canvas = page.locator('.stage-canvas');
			const before = await canvas.screenshot();
			await canvas.focus();
			await page.keyboard.press('ArrowRight');
			const hasTurned = async () => !(await canvas.screenshot()).equals(before);
			await expect.poll(hasTurned, { timeout: 120_000 }).toBe(true);
			await page.keyboard.press('0');
			expect([...visit.origins]).toEqual([server.origin]);
			expect(visit.complaints).toEqual([]);
		},
		TIMEOUT_MS,
	);

	it(
		'comes back by itself after the graphics card went away',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await page.goto(address);
			await page.locator(FINEST).waitFor();
			await page.evaluate(() => {
				const canvas = document.querySelector<HTMLCanvasElement>('.stage-canvas');
				const loss = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
				Reflect.set(globalThis, '__loss', loss);
				loss?.loseContext();
			});
			await page.locator('.stage[data-seen="false"]').waitFor();
			await page.getByRole('status').filter({ hasText: '显卡' }).waitFor();
			await page.evaluate(() => Reflect.get(globalThis, '__loss').restoreContext());
			await page.locator(`${FINEST}[data-seen="true"]`).waitFor();
		},
		TIMEOUT_MS,
	);

	it(
		'keeps the next best while one tier cannot be had, and says what to do when none can',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			let refused = tiers.filter(({ tier }) => tier !== 'thumb');
			await page.route('**/objects/**', (route) =>
				refused.some(({ file }) => route.request().url().endsWith(file))
					? route.fulfill({ status: 404 })
					: route.continue(),
			);
			await page.goto(address);
			await page.locator('.stage[data-tier="thumb"][data-seen="true"]').waitFor();

			refused = tiers;
			await page.reload();
			const retry = page.getByRole('button', { name: '再试一次' });
			await retry.waitFor();
			refused = [];
			// The stage also tries by itself: the button may be gone before a patient click lands.
			await page.evaluate(() => document.querySelector<HTMLElement>('.stage-retry')?.click());
			await page.locator(`${FINEST}[data-seen="true"]`).waitFor();
		},
		TIMEOUT_MS,
	);
});

interface Sized {
	manifest: { tiers: { bytes: number }[] };
}
