import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { type SpawnedServer, spawnServer } from '../support/spawn-server.ts';
import { journey, visitWorld } from '../support/visit-world.ts';

const SCREEN = { viewport: { width: 1080, height: 1920 }, hasTouch: true } as const;
const PATHS = ['/', '/museums/tanzhe-temple', '/traditions', '/search'];

/** Least side of what a finger must hit, CSS pixels. */
const TARGET_PX = 44;

/** What can be pressed and is too small for a finger; links inside a sentence are exempt (WCAG 2.5.8). */
function smallTargets(page: Page, leastPx: number): Promise<string[]> {
	return page.evaluate((least) => {
		const isInSentence = (element: Element): boolean =>
			getComputedStyle(element).display === 'inline' && element.closest('p, dd, li > p') !== null;
		return [...document.querySelectorAll('a[href], button, summary, input')]
			.filter((element) => element.checkVisibility() && !isInSentence(element))
			.map((element) => ({ element, box: element.getBoundingClientRect() }))
			.filter(({ box }) => box.width > 1 && (box.height < least || box.width < least))
			.filter(({ element }) => !element.matches('.skip-link'))
			.map(
				({ element, box }) =>
					`${element.className} ${element.textContent} ${Math.round(box.width)}×${Math.round(box.height)}`,
			);
	}, leastPx);
}

journey('a kiosk', () => {
	let server: SpawnedServer;
	let browser: Browser;

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld(), launchBrowser()]);
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	it('can be used with a finger, and has its ways within reach', async () => {
		await using visit = await openPage(browser, { ...SCREEN, prefersReducedMotion: true });
		const { page } = visit;
		for (const path of PATHS) {
			await page.goto(server.origin + path);
			await page.getByRole('heading', { level: 1 }).waitFor();
			await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
			expect(await smallTargets(page, TARGET_PX), path).toEqual([]);
			const header = await page.locator('header.header').boundingBox();
			expect(header?.y ?? 0, path).toBeGreaterThan(SCREEN.viewport.height / 3);
			expect(await accessibilityFaults(page), path).toEqual([]);
		}
		expect([...visit.origins]).toEqual([server.origin]);
		expect(visit.complaints).toEqual([]);
	});

	it('stays readable when the server is cut off, says so, and goes on once it is back', async () => {
		const world = inject('world');
		if (world === null) throw new Error('the services of this world are missing');
		const { origin } = server;
		await using visit = await openPage(browser, SCREEN);
		const { page } = visit;
		await page.goto(`${origin}/traditions`);
		await page.getByRole('link', { name: /京西太平鼓/ }).waitFor();
		await page.waitForLoadState('networkidle');

		await server.stop();
		await page.getByRole('link', { name: '群馆' }).first().click();
		await page.getByText('连不上展馆服务器：').waitFor();
		await page.getByRole('alert').waitFor();
		await page.goBack();
		await page.getByRole('link', { name: /京西太平鼓/ }).waitFor();
		await page.goForward();

		// Our turn at the cluster lasts until the first server is disposed of.
		await using _again = await spawnServer({
			dataDir: world.dataDir,
			clientDir: inject('clientFolder'),
			env: { ...world.env, PORT: new URL(origin).port },
		});
		await page.getByRole('button', { name: '再试一次' }).first().click();
		await page.locator('.plates').getByText('潭柘寺').waitFor();
		await page.getByText('连不上展馆服务器：').waitFor({ state: 'detached' });
	});
});
