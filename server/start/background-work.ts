import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { sealAudit } from '../audit/seal.ts';
import { reproject } from '../catalogue/reproject.ts';
import { runSchedule } from '../catalogue/run-schedule.ts';
import type { Database } from '../database/database.ts';

/** How late a publication or a withdrawal may be, and how long an act may stand unsealed. */
const BEAT_MS = 1000;

export interface BackgroundParts {
	db: Database;
	logger: Logger;
}

/** Does one thing at every beat. A database that is away is said once, and tried again. */
class Chore {
	readonly #name: string;
	readonly #work: () => Promise<unknown>;
	#isFailing = false;

	constructor(name: string, work: () => Promise<unknown>) {
		this.#name = name;
		this.#work = work;
	}

	async run(logger: Logger): Promise<void> {
		try {
			await this.#work();
			this.#isFailing = false;
		} catch (error) {
			if (!this.#isFailing) logger.warn({ err: error, chore: this.#name }, 'background: it failed');
			this.#isFailing = true;
		}
	}
}

async function beat({ db, logger }: BackgroundParts, signal: AbortSignal): Promise<void> {
	const chores = [
		new Chore('schedule', () => runSchedule(db)),
		new Chore('seal', () => sealAudit(db)),
	];
	while (!signal.aborted) {
		for (const chore of chores) await chore.run(logger);
		await delay(BEAT_MS, undefined, { signal }).catch(() => {});
	}
}

/** After an update: what lists and search are made of is made anew, behind what visitors do. */
async function catchUp({ db, logger }: BackgroundParts, signal: AbortSignal): Promise<void> {
	try {
		const onUnreadable = (name: object, error: unknown) =>
			logger.warn({ err: error, ...name }, 'background: a record cannot be read');
		const records = await reproject(db, onUnreadable, signal);
		if (records > 0) logger.info({ records }, 'background: records are projected anew');
	} catch (error) {
		logger.error({ err: error }, 'background: records could not be projected anew');
	}
}

/**
 * What goes on by itself while the site runs: records are published and withdrawn at their time, the
 * register of acts is sealed, and after an update records are projected anew. Several processes may
 * do it side by side. Disposing lets the step under way finish; the database must outlive it.
 */
export function startBackgroundWork(parts: BackgroundParts): AsyncDisposable {
	const stopping = new AbortController();
	const work = Promise.all([beat(parts, stopping.signal), catchUp(parts, stopping.signal)]);
	return {
		async [Symbol.asyncDispose]() {
			stopping.abort();
			await work;
		},
	};
}
