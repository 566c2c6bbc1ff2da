import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { artefactOf } from '#schema/exhibit/piece';
import { launchBrowser, openPage } from '../support/browser.ts';
import { countGl, readGl } from '../support/gl-count.ts';
import type { SpawnedServer } from '../support/spawn-server.ts';
import { step } from '../support/step-to.ts';
import { journey, visitWorld } from '../support/visit-world.ts';

const VIEWPORT = { width: 640, height: 480 };
const TIMEOUT_MS = 600_000;
/** Sixty pieces, some of two materials, and the room. */
const DRAWS_MAX = 130;

/** The exhibit with sixty pieces, in rows: its own ones again and again, the first pinned to another asset. */
function withSixtyPieces(exhibit: Exhibit, pinned: string): Exhibit {
	const [room] = exhibit.rooms;
	const pieces = Array.from({ length: 60 }, (_, index) => {
		const piece = exhibit.pieces[index % exhibit.pieces.length];
		if (piece === undefined || room === undefined) throw new Error('the exhibit is empty');
		const [column, row] = [index % 10, Math.floor(index / 10)];
		const positionM: [number, number, number] = [(column - 4.5) * 2, 0, (row - 2.5) * 2.4];
		const { shows } = piece;
		const isPinned = index === 0 && shows.kind === 'artefact';
		const shown = isPinned ? { ...shows, asset: pinned } : shows;
		return { ...piece, id: `piece-${index}`, room: room.id, positionM, shows: shown };
	});
	const rooms = exhibit.rooms.map((each) => ({
		...each,
		sizeM: [24, 4.2, 18] as [number, number, number],
	}));
	return {
		...exhibit,
		pieces,
		rooms,
		entrance: { ...exhibit.entrance, positionM: [0, 0, 8] },
		stories: [],
	};
}

/** Has the room's context lost, as a driver that starts anew does it; gives what brings it back. */
async function loseContext(page: Page): Promise<() => Promise<void>> {
	await page.evaluate(() => {
		const canvas = document.querySelector<HTMLCanvasElement>('.stage-canvas');
		const loss = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
		Reflect.set(globalThis, '__loss', loss);
		loss?.loseContext();
	});
	return () => page.evaluate(() => Reflect.get(globalThis, '__loss').restoreContext());
}

journey('a stage', () => {
	let server: SpawnedServer;
	let browser: Browser;
	let exhibit: Exhibit;
	let artefacts: string[];
	/** The asset of an artefact that the exhibit does not show. */
	let elsewhere: string;

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld(), launchBrowser()]);
		const read = async (path: string) => (await fetch(`${server.origin}/api/v1/${path}`)).json();
		const [first] = (await read('exhibits?limit=1')).items;
		exhibit = await read(`exhibits/${first.id}`);
		const items: { id: string; asset: { id: string } | null }[] = (
			await read('artefacts?limit=100&view=summary')
		).items;
		artefacts = items.slice(0, 4).map(({ id }) => id);
		const shown = exhibit.pieces.map(artefactOf);
		elsewhere = items.find(({ id }) => !shown.includes(id))?.asset?.id ?? '';
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	it(
		'shows sixty pieces in one context, and all of them again after that was lost',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await countGl(page);
			await page.route(`**/api/v1/exhibits/${exhibit.id}*`, (route) =>
				route.fulfill({ json: withSixtyPieces(exhibit, elsewhere) }),
			);
			const pinned = page.waitForRequest(`**/api/v1/assets/${elsewhere}/manifest`);
			await page.goto(`${server.origin}/about`);
			await step(page, `/exhibits/${exhibit.id}`);
			const full = page.locator('.stage-room[data-shown="60"]');
			await pinned;
			await full.waitFor();
			const shown = await readGl(page);
			expect(shown.contexts).toEqual({ made: 1, live: 1 });
			expect(shown.frame.draws).toBeGreaterThan(10);
			expect(shown.frame.draws).toBeLessThanOrEqual(DRAWS_MAX);

			const restore = await loseContext(page);
			await page.getByRole('status').filter({ hasText: '显卡' }).waitFor();
			await page.locator('.stage-room[data-shown="0"]').waitFor({ state: 'attached' });
			await restore();
			await full.waitFor();
			await page.getByRole('status').filter({ hasText: '显卡' }).waitFor({ state: 'detached' });
			const again = await readGl(page);
			expect(again.contexts).toEqual({ made: 1, live: 1 });
			expect(again.frame).toEqual(shown.frame);
			for (const kind of ['Texture', 'Buffer', 'Program'] as const) {
				expect(again.live[kind]).toBeLessThanOrEqual(shown.live[kind]);
			}
			expect(visit.complaints.filter((said) => !said.includes('context lost'))).toEqual([]);
		},
		TIMEOUT_MS,
	);

	it(
		'opens a room anew by a button when its context never comes back',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await countGl(page);
			await page.goto(`${server.origin}/exhibits/${exhibit.id}`);
			const count = exhibit.pieces.length;
			const full = page.locator(`.stage-room[data-shown="${count}"]`);
			await full.waitFor();
			await loseContext(page);
			await page.getByRole('button', { name: '重新打开' }).click();
			await full.waitFor();
			expect((await readGl(page)).contexts).toEqual({ made: 2, live: 1 });
		},
		TIMEOUT_MS,
	);

	it(
		'gives everything back when the visitor goes on to other pieces and rooms',
		async () => {
			await using visit = await openPage(browser, { viewport: VIEWPORT });
			const { page } = visit;
			await countGl(page);
			const walk = async () => {
				for (const id of artefacts) {
					await step(page, `/artefacts/${id}`);
					await page.locator('.stage[data-seen="true"][data-phase="idle"]').waitFor();
				}
				await step(page, `/exhibits/${exhibit.id}`);
				await page.locator(`.stage-room[data-shown="${exhibit.pieces.length}"]`).waitFor();
				await step(page, '/about');
				await page.locator('.stage').waitFor({ state: 'detached' });
			};
			await page.goto(`${server.origin}/about`);
			await walk();
			const before = await readGl(page);
			await walk();
			const after = await readGl(page);
			expect(after.contexts.made).toBeGreaterThan(before.contexts.made);
			expect(after.contexts.live).toBe(0);
			expect(after.listeners).toBe(before.listeners);
		},
		TIMEOUT_MS,
	);
});
