import type { Dirent } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning } from '../running-process.ts';

/** What remembered steps may take on the disk. */
export const CACHE_BYTES = 4 * 2 ** 30;

/** Files that processes leave while they use a cache: `.live-<pid>`, and folders of steps in the making. */
export const LIVE_PREFIX = '.live-';
/** Starts the name of a folder in the making, before the process's number. */
export const MAKING_PREFIX = '.making-';

interface Remembered {
	path: string;
	bytes: number;
	usedMs: number;
}

/**
 * Removes the steps that were used longest ago until the rest fits into `maxBytes`, and what processes
 * that no longer run left half made. Steps used since the oldest process that still runs began stay:
 * it may be reading them. Gives how many bytes are left.
 */
export async function pruneCache(root: string, maxBytes: number): Promise<number> {
	const entries = await readdir(root, { withFileTypes: true });
	await Promise.all(entries.map((entry) => clearAbandoned(root, entry.name)));
	const liveSince = await oldestLive(root, entries);
	const steps: Remembered[] = [];
	for (const entry of entries) {
		if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
		const step = await measure(join(root, entry.name)).catch(() => undefined);
		if (step !== undefined) steps.push(step);
	}
	let total = steps.reduce((sum, { bytes }) => sum + bytes, 0);
	for (const { path, bytes, usedMs } of steps.toSorted((a, b) => a.usedMs - b.usedMs)) {
		if (total <= maxBytes || usedMs >= liveSince) break;
		const isUsedSince = (await stat(path).catch(() => undefined))?.mtimeMs !== usedMs;
		if (isUsedSince) continue;
		await remove(root, path);
		total -= bytes;
	}
	return total;
}

/** When the oldest run that is still at work began; files' own clock, so that no two clocks are compared. */
async function oldestLive(root: string, entries: Dirent[]): Promise<number> {
	let oldest = Number.POSITIVE_INFINITY;
	for (const { name } of entries) {
		if (!name.startsWith(LIVE_PREFIX) || !isRunning(processOf(name))) continue;
		const info = await stat(join(root, name)).catch(() => undefined);
		if (info !== undefined) oldest = Math.min(oldest, info.mtimeMs);
	}
	return oldest;
}

async function clearAbandoned(root: string, name: string): Promise<void> {
	const isOurs = name.startsWith(LIVE_PREFIX) || name.startsWith(MAKING_PREFIX);
	if (isOurs && !isRunning(processOf(name))) {
		await rm(join(root, name), { recursive: true, force: true });
	}
}

function processOf(name: string): number {
	return Number.parseInt(name.slice(name.indexOf('-') + 1), 10);
}

async function measure(path: string): Promise<Remembered> {
	let bytes = 0;
	for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
		if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
	}
	return { path, bytes, usedMs: (await stat(path)).mtimeMs };
}

/** Takes a step out of sight first, so that nobody finds half of it. */
async function remove(root: string, path: string): Promise<void> {
	const hidden = join(root, `${MAKING_PREFIX}${process.pid}-removed`);
	const isMoved = await rename(path, hidden).then(
		() => true,
		() => false,
	);
	if (isMoved) await rm(hidden, { recursive: true, force: true });
}
