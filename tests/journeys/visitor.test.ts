import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityFaults } from '../support/accessibility.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import type { SpawnedServer } from '../support/spawn-server.ts';
import { stepTo } from '../support/step-to.ts';
import { journey, visitWorld } from '../support/visit-world.ts';

const TIMEOUT_MS = 600_000;
const SCREENS = {
	desktop: { viewport: { width: 1280, height: 800 }, hasTouch: false },
	phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
} as const;

journey('a visitor', () => {
	let server: SpawnedServer;
	let browser: Browser;

	beforeAll(async () => {
		[server, browser] = await Promise.all([visitWorld(), launchBrowser()]);
	});

	afterAll(async () => {
		await browser?.close();
		await server?.[Symbol.asyncDispose]();
	});

	const heading = (page: Page, name: string | RegExp) =>
		page.getByRole('heading', { level: 1, name });
	const isTooWide = (page: Page) =>
		page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

	for (const [screen, options] of Object.entries(SCREENS)) {
		it(
			`goes from the hills to a museum, turns its piece, reads on in English, searches and enters a room (${screen})`,
			async () => {
				await using visit = await openPage(browser, { ...options, prefersReducedMotion: true });
				const { page } = visit;
				const look = async (): Promise<void> => {
					expect(await isTooWide(page), page.url()).toBe(false);
					expect(await accessibilityFaults(page), page.url()).toEqual([]);
				};

				await page.goto(server.origin);
				await heading(page, '西山').waitFor();
				const plate = page.locator('.plates').getByRole('link', { name: /^琉璃文化创意产业园/ });
				await plate.waitFor();
				await look();
				await plate.click();

				await heading(page, '琉璃文化创意产业园').waitFor();
				expect(new URL(page.url()).pathname).toBe('/museums/liuliqu-glaze-park');
				await page.locator('.plates a').first().waitFor();
				await look();
				await page
					.locator('.plates')
					.getByRole('link', { name: /^琉璃鸱吻/ })
					.click();

				await heading(page, /琉璃鸱吻/).waitFor();
				await page.locator('.stage[data-tier]').waitFor();
				await page.getByText('待补').first().waitFor();
				await look();

				await page.getByRole('link', { name: /English/ }).click();
				await heading(page, /Glazed Ridge Beast/).waitFor();
				expect(new URL(page.url()).pathname).toBe('/en/artefacts/glazed-ridge-beast');
				expect(await page.locator('html').getAttribute('lang')).toBe('en');
				expect(await page.title()).toContain('Glazed Ridge Beast');
				expect(await page.locator('.stage[data-tier]').count()).toBe(1);
				await look();

				await page.getByRole('link', { name: 'Search' }).click();
				await page.getByRole('searchbox').focus();
				await page.keyboard.type('drum');
				await page.getByRole('link', { name: /Taiping Fan Drum/ }).waitFor();
				expect(new URL(page.url()).searchParams.get('q')).toBe('drum');
				await look();

				await page.goto(`${server.origin}/en/exhibits/kiln-light-on-the-hills`);
				await heading(page, /Kiln Light on the Hills/).waitFor();
				await page.getByRole('application').waitFor();
				expect(await page.locator('.exhibit-pieces > li').count()).toBeGreaterThanOrEqual(6);
				await look();

				expect([...visit.origins]).toEqual([server.origin]);
				expect(visit.complaints).toEqual([]);
			},
			TIMEOUT_MS,
		);
	}

	it('has the words of an exhibit in three answers, however many pieces it has', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		const asked: string[] = [];
		page.on('request', (request) => {
			const { pathname } = new URL(request.url());
			if (pathname.startsWith('/api/')) asked.push(pathname);
		});
		await stepTo(page, server.origin, '/exhibits/kiln-light-on-the-hills');
		const pieces = page.locator('.exhibit-pieces > li');
		await pieces.first().waitFor();
		const count = await pieces.count();
		await expect.poll(() => pieces.locator('img').count(), { timeout: 120_000 }).toBe(count);
		expect(count).toBeGreaterThan(3);
		expect(asked.toSorted()).toEqual([
			'/api/v1/artefacts',
			'/api/v1/exhibits/kiln-light-on-the-hills',
			expect.stringMatching(/^\/api\/v1\/museums\/[\w-]+$/),
		]);
	});

	it('walks a tour to its end and can step back', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		await page.goto(`${server.origin}/tours/from-the-kiln-to-the-summit`);
		await heading(page, '从窑口到金顶').waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		const stops = await page.locator('.tour-all ol li').count();
		for (let stop = 2; stop <= stops; stop++) {
			await page.getByRole('link', { name: /^下一站/ }).click();
			await page.getByText(`第 ${stop} 站`).waitFor();
		}
		expect(await page.getByRole('link', { name: /^下一站/ }).count()).toBe(0);
		await page.getByRole('link', { name: /上一站/ }).click();
		await page.getByText(`第 ${stops - 1} 站`).waitFor();
		await page.reload();
		await page.getByText(`第 ${stops - 1} 站`).waitFor();
		expect(visit.complaints).toEqual([]);
	});

	it('finds every other page readable too', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		for (const path of [
			'/en',
			'/museums',
			'/artefacts',
			'/traditions/jingxi-taiping-drum',
			'/en/libraries/folk-customs',
			'/about',
			'/search?q=zzzz',
		]) {
			await page.goto(server.origin + path);
			await page.getByRole('heading', { level: 1 }).waitFor();
			await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
			expect(await isTooWide(page), path).toBe(false);
			expect(await accessibilityFaults(page), path).toEqual([]);
		}
		await page.getByText('没有找到“zzzz”').waitFor();
		expect(visit.complaints).toEqual([]);
	});

	it('moves by keyboard: past the header, and on from the new page after a step', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		await page.goto(`${server.origin}/about`);
		await heading(page, '关于与致谢').waitFor();
		await page.keyboard.press('Tab');
		expect(await page.locator(':focus').textContent()).toBe('跳到正文');
		await page.keyboard.press('Enter');
		expect(await page.locator(':focus').getAttribute('id')).toBe('content');

		await page.getByRole('navigation').getByRole('link', { name: '非遗' }).focus();
		await page.keyboard.press('Enter');
		await heading(page, '非遗').waitFor();
		expect(await page.locator(':focus').getAttribute('id')).toBe('content');
		await page.goBack();
		await heading(page, '关于与致谢').waitFor();
	});

	it('types into the search box letter by letter, picks a word and steps back from it', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		const asked = () => new URL(page.url()).searchParams.get('q');
		await page.goto(`${server.origin}/en/search`);
		const box = page.getByRole('searchbox');
		await box.click();
		await page.keyboard.type('fan drum', { delay: 20 });
		expect(await box.inputValue()).toBe('fan drum');
		expect(asked()).toBe('fan drum');
		expect(await page.locator(':focus').getAttribute('type')).toBe('search');
		await page.getByRole('link', { name: /Taiping Fan Drum/ }).waitFor();

		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.press('Delete');
		expect(asked()).toBeNull();
		const word = page.locator('.search-words a').first();
		const said = (await word.textContent()) ?? '';
		await word.click();
		await expect.poll(() => box.inputValue()).toBe(said);
		await box.focus();
		await page.goBack();
		await expect.poll(() => box.inputValue()).toBe('');
		expect(visit.complaints).toEqual([]);
	});

	it('composes a Chinese word in the search box, and only the finished word is asked for', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		const asked = new Set<string>();
		page.on('request', (request) => {
			const url = new URL(request.url());
			const q = url.pathname.startsWith('/api/') ? url.searchParams.get('q') : null;
			if (q !== null) asked.add(q);
		});
		await page.goto(`${server.origin}/search`);
		const box = page.getByRole('searchbox');
		await box.click();
		const keyboard = await visit.context.newCDPSession(page);
		for (const text of ['t', 'tai', 'tai ping', '太平 gu']) {
			const at = text.length;
			await keyboard.send('Input.imeSetComposition', {
				text,
				selectionStart: at,
				selectionEnd: at,
			});
			expect(await box.inputValue()).toBe(text);
			await page.keyboard.press('Enter');
		}
		expect(new URL(page.url()).search).toBe('');
		await keyboard.send('Input.insertText', { text: '太平鼓' });
		expect(await box.inputValue()).toBe('太平鼓');
		expect(await page.locator(':focus').getAttribute('type')).toBe('search');
		await page
			.getByRole('link', { name: /太平鼓/ })
			.first()
			.waitFor();
		expect([...asked]).toEqual(['太平鼓']);
		expect(new URL(page.url()).searchParams.get('q')).toBe('太平鼓');
		expect(visit.complaints).toEqual([]);
	});

	it('is told in a sentence when there is nothing at an address', async () => {
		await using visit = await openPage(browser);
		const { page } = visit;
		await page.goto(`${server.origin}/nowhere/at/all`);
		await heading(page, '这里没有路').waitFor();
		await page.goto(`${server.origin}/en/museums/no-such-house`);
		await heading(page, 'No path leads here').waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
	});

	it('sees picture and words of a piece where there is no 3D', async () => {
		await using visit = await openPage(browser);
		const { page } = visit;
		await page.addInitScript(() => {
			HTMLCanvasElement.prototype.getContext = () => null;
		});
		await page.goto(`${server.origin}/artefacts/glazed-ridge-beast`);
		await heading(page, /琉璃鸱吻/).waitFor();
		const poster = page.locator('.artefact-stage img');
		await poster.waitFor();
		expect((await poster.getAttribute('alt'))?.length).toBeGreaterThan(10);
		await page.getByText('不能显示三维').waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
	});

	it('watches a piece being made and gets it without doing anything', async () => {
		await using visit = await openPage(browser, { prefersReducedMotion: true });
		const { page } = visit;
		let answers = 0;
		await page.route('**/api/v1/artefacts/stele', async (route) => {
			const response = await route.fetch();
			const record = await response.json();
			answers += 1;
			if (answers < 3) {
				const making = { status: 'running', progress: 0.4, manifest: null, failure: null };
				record.asset = { ...record.asset, ...making, job: null };
			}
			await route.fulfill({ response, json: record });
		});
		await stepTo(page, server.origin, '/artefacts/stele');
		await page.getByRole('progressbar', { name: '三维制作进度' }).waitFor();
		await page.getByText('已完成 40%').waitFor();
		expect(await accessibilityFaults(page)).toEqual([]);
		await page.locator('.stage[data-tier]').waitFor();
		expect(answers).toBeGreaterThanOrEqual(3);
	});

	it('reads in words why a piece could not be made', async () => {
		await using visit = await openPage(browser);
		const { page } = visit;
		await page.route('**/api/v1/artefacts/stele', async (route) => {
			const response = await route.fetch();
			const record = await response.json();
			const failure = { code: 'file-truncated', message: 'read: the file ends early' };
			record.asset = { ...record.asset, status: 'failed', manifest: null, job: null, failure };
			await route.fulfill({ response, json: record });
		});
		await stepTo(page, server.origin, '/artefacts/stele');
		await page.getByText('扫描件没有传完整').waitFor();
		await heading(page, /石碑/).waitFor();
	});
});
