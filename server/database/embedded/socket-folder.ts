import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './system-account.ts';

/** Kernels allow 107 bytes (Linux) or 103 (macOS) for the whole path of a socket. */
const SOCKET_PATH_BYTES = 103;
const SOCKET_NAME = '.s.PGSQL.5432';
/** Says where in the temporary folder it is. */
const NOTE = 'socket-folder';

/** Removes the socket folder of this or an earlier, killed start, if it is in the temporary folder. */
export async function removeSocketFolder(home: string): Promise<void> {
	const note = join(home, NOTE);
	const folder = await readFile(note, 'utf8').catch(() => null);
	if (folder) await rm(folder, { recursive: true, force: true });
	await rm(note, { force: true });
}

/** Where the socket of the PostgreSQL that runs in `home` is, or would be. */
export async function findSocketFolder(home: string): Promise<string> {
	return (await readFile(join(home, NOTE), 'utf8').catch(() => null)) ?? join(home, 'run');
}

/**
 * A folder for PostgreSQL's socket that only its account (and root) can enter, which is what guards
 * the database: inside `home`, or in the system's temporary folder when that path is too long.
 */
export async function makeSocketFolder(
	home: string,
	account: Account | undefined,
): Promise<string> {
	await removeSocketFolder(home);
	let folder = join(home, 'run');
	if (Buffer.byteLength(join(folder, SOCKET_NAME)) > SOCKET_PATH_BYTES) {
		folder = await mkdtemp(join(tmpdir(), 'xishan-'));
		await writeFile(join(home, NOTE), folder);
	} else {
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder);
	}
	await chmod(folder, 0o700);
	if (account) await chown(folder, account.uid, account.gid);
	return folder;
}
