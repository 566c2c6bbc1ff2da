import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import type { SpawnedServer } from '../support/spawn-server.ts';
import { journey, visitWorld } from '../support/visit-world.ts';
import { XrPage } from '../support/xr-page.ts';

/** Small, because software draws it: what is judged are draws, triangles and what happens. */
const VIEWPORT = { width: 480, height: 320 };

/** The house's budget (DESIGN §7). */
const DRAWS_PER_EYE = 60;
const TRIANGLES_BOTH_EYES = 1_000_000;

/** Software draws about a frame a second on a busy machine. */
const TIMEOUT_MS = 600_000;

interface ExhibitPage {
	items: { id: string; pieces: { id: string }[] }[];
}

journey('an exhibit in a headset', () => {
	let server: SpawnedServer;
	let browser: Browser;
	let exhibit: ExhibitPage['items'][number];

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld('emulator'), launchBrowser()]);
		const read = async (query: string) =>
			(await (await fetch(`${server.origin}/api/v1/exhibits?${query}`)).json()) as ExhibitPage;
		const names = (await read('limit=1')).items.map(({ id }) => id);
		const [first] = (await read(`ids=${names.join(',')}`)).items;
		if (first === undefined) throw new Error('the demo cluster has no exhibit');
		exhibit = first;
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	it(
		'is entered, a piece is picked by ray, the floor carries one elsewhere, and the page is there again after',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await page.goto(`${server.origin}/exhibits/${exhibit.id}`);
			const headset = new XrPage(page);
			await headset.enter('VR');

			const arrived = await headset.see();
			expect(arrived.isPresenting).toBe(true);
			expect(arrived.pieces.map((piece) => piece.id)).toEqual(
				exhibit.pieces.map((piece) => piece.id),
			);
			await headset.settle();

			const [piece] = arrived.pieces;
			if (piece === undefined) throw new Error('the exhibit has no piece');
			await headset.aim(piece.centreM);
			await headset.press();
			await headset.until((now) => now.selected === piece.id);

			const [x, , z] = arrived.rig;
			await headset.aim([x + 1.2, 0, z - 1.2]);
			await headset.press();
			await headset.until((now) => Math.hypot(now.rig[0] - x, now.rig[2] - z) > 0.3);

			const { info } = await headset.see();
			expect(info.calls / 2).toBeLessThanOrEqual(DRAWS_PER_EYE);
			expect(info.triangles).toBeLessThanOrEqual(TRIANGLES_BOTH_EYES);
			expect(info.triangles).toBeGreaterThan(20_000);

			await headset.leave();
			await page.getByRole('button', { name: 'VR' }).and(page.locator(':enabled')).waitFor();
			await page.getByRole('link', { name: '西山' }).first().click();
			await page.waitForURL(`${server.origin}/`);

			expect([...visit.origins]).toEqual([server.origin]);
			expect(visit.complaints).toEqual([]);
		},
		TIMEOUT_MS,
	);

	it(
		'puts a piece on the real floor at true size',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await page.goto(`${server.origin}/exhibits/${exhibit.id}?xr-room`);
			const headset = new XrPage(page);
			await headset.enter('AR');
			await headset.lookDown();
			await headset.until((now) => now.placing === 'found');
			await headset.press();
			await headset.until((now) => now.placing === 'placed');
			await headset.leave();
			expect([...visit.origins]).toEqual([server.origin]);
			expect(visit.complaints).toEqual([]);
		},
		TIMEOUT_MS,
	);
});
