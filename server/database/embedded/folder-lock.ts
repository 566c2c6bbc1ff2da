import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { StartError } from '../../errors.ts';
import { processIdentity } from './process-identity.ts';

const lockSchema = z.object({ pid: z.number(), identity: z.string() });

async function readHolder(path: string): Promise<z.infer<typeof lockSchema> | null> {
	try {
		return lockSchema.parse(JSON.parse(await readFile(path, 'utf8')));
	} catch {
		// Cut short by a power cut, or gone meanwhile: nobody's.
		return null;
	}
}

/** The number of the living process that holds the lock, or null. */
async function livingHolder(path: string): Promise<number | null> {
	const holder = await readHolder(path);
	if (!holder) return null;
	return (await processIdentity(holder.pid)) === holder.identity ? holder.pid : null;
}

async function linkIfAbsent(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Takes a dead holder's lock away; if a rival was quicker and it is theirs by now, gives it back. */
async function removeStale(path: string): Promise<void> {
	const aside = `${path}.${randomUUID()}`;
	try {
		await rename(path, aside);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
		throw error;
	}
	if ((await livingHolder(aside)) !== null) await linkIfAbsent(aside, path);
	await rm(aside, { force: true });
}

/**
 * Holds the file `path` as a lock of this process until disposed. A lock whose holder has died, even
 * by `kill -9` or a power cut, counts for nothing. Throws StartError, naming `what` and the holder,
 * while another living process of this machine holds it.
 */
export async function holdLock(path: string, what: string): Promise<AsyncDisposable> {
	const own = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '' };
	const staged = `${path}.${randomUUID()}`;
	await writeFile(staged, JSON.stringify(own), { flag: 'wx' });
	try {
		while (!(await linkIfAbsent(staged, path))) {
			const holder = await livingHolder(path);
			if (holder !== null) {
				throw new StartError(
					`data folder: ${what} is in use by process ${holder} — stop it, choose another XISHAN_DATA, or give both a DATABASE_URL`,
				);
			}
			await removeStale(path);
		}
	} finally {
		await rm(staged, { force: true });
	}
	return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}
