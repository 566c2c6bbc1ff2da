import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const RUN = randomUUID();
const HOST = hostname().replace(/[^a-zA-Z0-9-]/g, '_');
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** A name no other file has, from which a later process can tell whether its writer still lives. */
export function temporaryName(): string {
	return [HOST, process.pid, RUN, randomUUID()].join('.');
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/**
 * Whether the writer of a temporary file is gone. A process of this machine is asked; files of
 * other machines (a shared disk) count as forgotten after a day.
 */
function isForgotten(name: string, modifiedAt: Date): boolean {
	if (Date.now() - modifiedAt.getTime() > FORGOTTEN_MS) return true;
	const [host, pid, run] = name.split('.');
	if (host !== HOST || run === RUN) return false;
	// Our own number but another run: the number was given out again, its first owner is gone.
	return Number(pid) === process.pid || !isAlive(Number(pid));
}

/** Removes the temporary files in a folder whose writers are gone. */
export async function sweepForgotten(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		const path = join(folder, name);
		// A living writer may take its file away between the two calls.
		const found = await stat(path).catch(() => null);
		if (found?.isFile() && isForgotten(name, found.mtime)) await rm(path, { force: true });
	}
}
