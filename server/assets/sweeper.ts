import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type SweepParts, sweep } from './sweep.ts';
import { removeTakenDown } from './taken-down.ts';

/** A site that has just started has other things to do. */
const FIRST_MS = 10 * 60 * 1000;
const EVERY_MS = 24 * 60 * 60 * 1000;

type SweeperParts = Omit<SweepParts, 'signal' | 'nowMs'> & { logger: Logger };

async function attempt({ logger }: SweeperParts, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		logger.warn({ err: error }, 'sweep: a round failed, there will be others');
	}
}

async function run(parts: SweeperParts, signal: AbortSignal): Promise<void> {
	await attempt(parts, async () => {
		await removeTakenDown(parts);
	});
	for (let waitMs = FIRST_MS; ; waitMs = EVERY_MS) {
		await delay(waitMs, undefined, { signal, ref: false });
		await attempt(parts, async () => {
			parts.logger.info(await sweep({ ...parts, signal }), 'sweep: a round is done');
		});
	}
}

/**
 * Keeps the store free of what was taken down, from the start, and of what nobody names, once a day.
 * Any number of processes may. Stop by disposing, before the store and the database.
 */
export function startSweeper(parts: SweeperParts): AsyncDisposable {
	const stopping = new AbortController();
	// Only being stopped ends it.
	const ended = run(parts, stopping.signal).catch(() => {});
	return {
		async [Symbol.asyncDispose]() {
			stopping.abort();
			await ended;
		},
	};
}
