import { setTimeout as delay } from 'node:timers/promises';
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../dev/find-chromium.ts';
import type { LinkProfile } from './link-profile.ts';
import type { PageRecord } from './page/page-record.ts';
import { followProcessTree, type ProcessTree } from './process-tree.ts';
import { openThrottleProxy, unixMs } from './throttle-proxy.ts';
import type { WireLog } from './wire-log.ts';

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
const VIEWPORT = { width: 640, height: 360 };
/** A browser that has just started is busy with itself. */
const START_REST_MS = 1500;
const LOOK_EVERY_MS = 500;
/** Nothing new for so long, and no model under way: the page has settled. */
const SETTLED_MS = 4000;
const VISIT_TIMEOUT_MS = 300_000;

export interface VisitOptions {
	/** Where the server is that the link leads to. */
	origin: string;
	path: string;
	link: LinkProfile;
	/** Runs before the page's own scripts and leaves `xishanBench`. */
	script: string;
}

/** All that was seen of one page, from navigation until it had settled. */
export interface Visit {
	record: PageRecord;
	wire: WireLog;
	cpu: Pick<ProcessTree, 'between'>;
	/** The heap of the main thread with its array buffers: when settled, and the most that was seen. */
	heapBytes: { atRest: number; peak: number };
	/** What the main thread computed from navigation until the page had settled. */
	mainThreadS: number;
	browser: string;
}

/**
 * Opens a page in a browser of its own (fresh profile, cold cache) over a link of its own, and looks
 * on until the finest model is drawn and nothing more comes. Throws when that takes too long.
 */
export async function measureVisit(options: VisitOptions): Promise<Visit> {
	await using undo = new AsyncDisposableStack();
	const proxy = undo.use(await openThrottleProxy(options.origin, options.link));
	const server = await chromium.launchServer({
		executablePath: await findChromium(),
		headless: true,
		args: FLAGS,
	});
	undo.defer(() => server.close());
	const browser = await chromium.connect(server.wsEndpoint());
	const context = await browser.newContext({
		viewport: VIEWPORT,
		deviceScaleFactor: 1,
		locale: 'zh-CN',
	});
	await context.addInitScript({ content: options.script });
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()));
	page.on('pageerror', (error) => complaints.push(error.message));
	const cdp = await context.newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	await delay(START_REST_MS);
	using cpu = followProcessTree(Number(server.process().pid), unixMs);
	const beforeS = await taskSeconds(cdp);
	await page.goto(proxy.origin + options.path, { waitUntil: 'commit', timeout: VISIT_TIMEOUT_MS });
	const { record, peak } = await settle(page, cdp, proxy.log).catch((cause: unknown) => {
		throw new Error(`bench: ${options.path} did not settle; it said: ${complaints}`, { cause });
	});
	const atRest = await heapBytes(cdp);
	return {
		record,
		wire: proxy.log,
		cpu,
		heapBytes: { atRest, peak: Math.max(peak, atRest) },
		mainThreadS: (await taskSeconds(cdp)) - beforeS,
		browser: browser.version(),
	};
}

async function settle(page: Page, cdp: CDPSession, wire: WireLog) {
	const startMs = unixMs();
	let quietSinceMs = startMs;
	let before = '';
	let peak = 0;
	for (;;) {
		await delay(LOOK_EVERY_MS);
		const record = (await page.evaluate('xishanBench()')) as PageRecord;
		peak = Math.max(peak, await heapBytes(cdp));
		const state = JSON.stringify([record.frames.length, record.last?.triangles]);
		const isBusy = record.frames.length === 0 || record.isFencePending || isModelUnderWay(wire);
		if (isBusy || state !== before) quietSinceMs = unixMs();
		before = state;
		if (unixMs() - quietSinceMs >= SETTLED_MS) return { record, peak };
		if (unixMs() - startMs > VISIT_TIMEOUT_MS) {
			throw new Error(`bench: after ${VISIT_TIMEOUT_MS / 1000} s, frames and triangles: ${state}`);
		}
	}
}

function isModelUnderWay(wire: WireLog): boolean {
	// Before the head of its answer is here, a request may be for anything.
	return wire.requests.some(
		(one) => one.endMs === null && (one.class === 'model' || one.status === 0),
	);
}

async function heapBytes(cdp: CDPSession): Promise<number> {
	const { usedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
	return usedSize + backingStorageSize;
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
	const { metrics } = await cdp.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}
