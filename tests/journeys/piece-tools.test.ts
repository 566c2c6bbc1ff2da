import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import type { SpawnedServer } from '../support/spawn-server.ts';
import { journey, visitWorld } from '../support/visit-world.ts';

const WIDE = { width: 640, height: 480 };
const PHONE = { width: 390, height: 844 };
const TIMEOUT_MS = 600_000;

const searchOf = (page: Page): string => new URL(page.url()).search;
const toSee = { timeout: 60_000 };

journey('the tools over a piece', () => {
	let server: SpawnedServer;
	let browser: Browser;
	let address: string;

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld(), launchBrowser()]);
		const read = async (query: string) =>
			(await (await fetch(`${server.origin}/api/v1/artefacts?${query}`)).json()).items;
		const names = (await read('limit=100')).map(({ id }: { id: string }) => id);
		const items: { id: string; asset: { manifest: { kind: string } | null } | null }[] = await read(
			`ids=${names.join(',')}`,
		);
		const piece = items.find(({ asset }) => asset?.manifest?.kind === 'mesh');
		if (piece === undefined) throw new Error('the cluster has no piece in 3D');
		address = `${server.origin}/artefacts/${piece.id}`;
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	async function open(viewport: typeof WIDE, search: string) {
		const visit = await openPage(browser, { viewport, prefersReducedMotion: true });
		await visit.page.goto(address + search);
		await visit.page.locator('.stage[data-seen="true"]').waitFor();
		return visit;
	}

	it(
		'undo what was done and keep the address in step, without losing the place on the page',
		async () => {
			await using visit = await open(WIDE, '?from=a%2Cb');
			const { page } = visit;
			const canvas = page.locator('.stage-canvas');
			await canvas.evaluate((element) => Reflect.set(element, 'isTheSame', true));
			await canvas.focus();
			expect(searchOf(page)).toBe('?from=a%2Cb');

			await page.keyboard.press('ArrowRight');
			await expect.poll(() => searchOf(page), toSee).toBe('?from=a%2Cb&view=39.1,11.5,1');
			await page.keyboard.press('Control+z');
			await expect.poll(() => searchOf(page), toSee).toBe('?from=a%2Cb');
			await page.keyboard.press('Control+Shift+Z');
			await expect.poll(() => searchOf(page), toSee).toBe('?from=a%2Cb&view=39.1,11.5,1');
			const place = () =>
				canvas.evaluate(
					(element) =>
						document.activeElement === element && Reflect.get(element, 'isTheSame') === true,
				);
			expect(await place()).toBe(true);

			const box = await canvas.boundingBox();
			if (box === null) throw new Error('the canvas has no box');
			await page.mouse.move(box.x + 200, box.y + 150);
			await page.mouse.down();
			await page.mouse.move(box.x + 260, box.y + 150, { steps: 4 });
			await page.mouse.up();
			await expect.poll(() => searchOf(page), toSee).not.toContain('view=39.1');
			expect(searchOf(page)).toMatch(/^\?from=a%2Cb&view=-?[\d.]+,11\.5,1$/);
			await page.getByRole('button', { name: '撤销' }).click();
			await expect.poll(() => searchOf(page), toSee).toBe('?from=a%2Cb&view=39.1,11.5,1');
			expect(visit.complaints).toEqual([]);
		},
		TIMEOUT_MS,
	);

	it(
		'copy a link that shows the same on a screen of another shape',
		async () => {
			let link: string;
			{
				await using visit = await open(WIDE, '');
				const { page } = visit;
				await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
				await page.locator('.stage-canvas').focus();
				await page.keyboard.press('ArrowUp');
				await page.keyboard.press('+');
				await page.getByRole('button', { name: '开灯' }).press('Enter');
				await page.getByRole('button', { name: '复制此视角的链接' }).press('Enter');
				await page.getByRole('status').filter({ hasText: '链接已复制' }).waitFor();
				link = await page.evaluate(() => navigator.clipboard.readText());
				expect(link).toBe(`${address}?view=24.1,26.5,0.833&lamp=34,26`);
				await expect.poll(() => page.url(), toSee).toBe(link);
			}
			await using visit = await open(PHONE, new URL(link).search);
			const { page } = visit;
			const lamp = page.getByRole('button', { name: '开灯' });
			expect(await lamp.getAttribute('aria-pressed')).toBe('true');
			expect(page.url()).toBe(link);
			await page.locator('.stage-canvas').focus();
			await page.keyboard.press('ArrowRight');
			await expect.poll(() => searchOf(page), toSee).toBe('?view=39.1,26.5,0.833&lamp=34,26');
			expect(visit.complaints).toEqual([]);
		},
		TIMEOUT_MS,
	);

	it(
		'show the link, selected, where there is no clipboard',
		async () => {
			await using visit = await openPage(browser, { viewport: WIDE, prefersReducedMotion: true });
			const { page } = visit;
			await page.addInitScript(() =>
				Object.defineProperty(navigator, 'clipboard', { value: undefined }),
			);
			await page.goto(`${address}?view=10,20,0.5`);
			await page.locator('.stage[data-seen="true"]').waitFor();
			await page.getByRole('button', { name: '复制此视角的链接' }).click();
			const field = page.getByRole('textbox', { name: '请手动复制这个链接' });
			await field.waitFor();
			const selected = await page.evaluate(() => {
				const { activeElement } = document;
				return activeElement instanceof HTMLInputElement
					? activeElement.value.slice(
							activeElement.selectionStart ?? 0,
							activeElement.selectionEnd ?? 0,
						)
					: '';
			});
			expect(selected).toBe(`${address}?view=10,20,0.5`);
			await page.keyboard.press('Escape');
			await field.waitFor({ state: 'detached' });
		},
		TIMEOUT_MS,
	);
});
