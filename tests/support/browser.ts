import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Language } from '#schema/value/text';
import { findChromium } from '../../scripts/dev/find-chromium.ts';

/** Software GL named outright, so that every machine draws the same. */
const FLAGS = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--use-gl=angle',
	'--use-angle=swiftshader',
	'--enable-unsafe-swiftshader',
	'--ignore-gpu-blocklist',
];

/** Starts the browser of the journeys. Whoever starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
	return chromium.launch({ executablePath: await findChromium(), headless: true, args: FLAGS });
}

/** Said by libraries, not by us, and harmless: pmndrs, r3f and the headset emulator. */
const KNOWN_MESSAGES = [
	"THREE.Material: parameter 'resolution' has value of undefined",
	'THREE.Clock: This module has been deprecated',
	'THREE.WebGLRenderer: KHR_parallel_shader_compile extension not supported',
	'[DEPRECATED] Use `createWithEqualityFn`',
	'GPU stall due to ReadPixels',
];

export interface PageOptions {
	viewport?: { width: number; height: number };
	language?: Language;
	prefersReducedMotion?: boolean;
	hasTouch?: boolean;
}

/** A page with what went wrong on it and whom it asked. */
export interface WatchedPage extends AsyncDisposable {
	page: Page;
	context: BrowserContext;
	/** Errors and warnings of the console and uncaught errors, without those known to be harmless. */
	complaints: string[];
	/** Origins the page asked something of over the network. */
	origins: Set<string>;
}

function watch(page: Page): Pick<WatchedPage, 'complaints' | 'origins'> {
	const complaints: string[] = [];
	const origins = new Set<string>();
	page.on('console', (message) => {
		if (message.type() !== 'error' && message.type() !== 'warning') return;
		const text = message.text();
		if (KNOWN_MESSAGES.some((known) => text.includes(known))) return;
		complaints.push(`${message.type()}: ${text}`);
	});
	page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol.startsWith('http') || url.protocol.startsWith('ws')) origins.add(url.origin);
	});
	return { complaints, origins };
}

/** Opens a page in a profile of its own, at one pixel a pixel. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
	const context = await browser.newContext({
		viewport: options.viewport ?? { width: 1280, height: 800 },
		locale: options.language ?? 'zh-CN',
		reducedMotion: options.prefersReducedMotion === true ? 'reduce' : 'no-preference',
		hasTouch: options.hasTouch ?? false,
		deviceScaleFactor: 1,
	});
	const page = await context.newPage();
	// Software draws slowly: what never comes is the test's own time limit to tell.
	page.setDefaultTimeout(400_000);
	return {
		page,
		context,
		...watch(page),
		[Symbol.asyncDispose]: () => context.close(),
	};
}
