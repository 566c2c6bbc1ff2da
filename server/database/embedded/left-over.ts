import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../../errors.ts';
import { processIdentity, wasStartedWith } from './process-identity.ts';

const FAST_STOP_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** The number PostgreSQL wrote into its data folder, whether or not that process still lives. */
export async function postmasterPid(dataFolder: string): Promise<number | null> {
	const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
	const pid = Number.parseInt(text, 10);
	return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
}

async function hasGone(pid: number, identity: string, withinMs: number): Promise<boolean> {
	for (let waitedMs = 0; waitedMs < withinMs; waitedMs += LOOK_EVERY_MS) {
		if ((await processIdentity(pid)) !== identity) return true;
		await delay(LOOK_EVERY_MS);
	}
	return false;
}

/**
 * Stops a PostgreSQL that outlived the process that started it, and waits for its end: fast
 * (SIGINT), then at once (SIGQUIT); never SIGKILL, which would leave its children writing.
 * A number in `postmaster.pid` that some other program has by now would make PostgreSQL refuse to
 * start: that file is removed. The caller holds the lock on the data folder.
 */
export async function stopLeftOver(dataFolder: string): Promise<void> {
	const pid = await postmasterPid(dataFolder);
	const identity = pid === null ? null : await processIdentity(pid);
	if (pid === null || identity === null) return;
	if (!(await wasStartedWith(pid, dataFolder))) {
		await rm(join(dataFolder, 'postmaster.pid'), { force: true });
		return;
	}
	for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
		try {
			process.kill(pid, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
			throw error;
		}
		if (await hasGone(pid, identity, FAST_STOP_MS)) return;
	}
	throw new StartError(
		`database: an earlier PostgreSQL (process ${pid}) does not stop — stop it by hand and start again`,
	);
}
