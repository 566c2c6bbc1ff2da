import { execFile } from 'node:child_process';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../../errors.ts';
import { PROGRAM_ENVIRONMENT } from './program-environment.ts';
import type { Account } from './system-account.ts';

const run = promisify(execFile);

/** Of the programs in package.json; a cluster of another major version cannot be opened by them. */
const MAJOR_VERSION = '18';
export const DATABASE_USER = 'xishan';

/** initdb's own last words, which name the cause; its other lines are progress. */
function lastWords(error: unknown): string {
	const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
	const told = stderr.split('\n').find((line) => line.startsWith('initdb: '));
	return told ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Makes the cluster `home`/data unless it is there: UTF-8, checksums on every page, one superuser,
 * trusted over the socket (whose folder is closed to others). It is made aside and renamed, so that
 * a kill or a power cut half-way leaves none. Throws StartError when it cannot be made or opened.
 */
export async function initCluster(
	home: string,
	binDir: string,
	account: Account | undefined,
): Promise<string> {
	const data = join(home, 'data');
	const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null);
	if (version !== null) {
		if (version.trim() === MAJOR_VERSION) return data;
		throw new StartError(
			`database: ${data} belongs to PostgreSQL ${version.trim()}, this program brings ${MAJOR_VERSION} — use the older program or set DATABASE_URL`,
		);
	}
	const staged = join(home, 'data.new');
	await rm(staged, { recursive: true, force: true });
	const options = ['--pgdata', staged, '--username', DATABASE_USER, '--auth', 'trust'];
	options.push('--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8');
	options.push('--data-checksums');
	try {
		await run(join(binDir, 'initdb'), options, { ...account, cwd: '/', env: PROGRAM_ENVIRONMENT });
	} catch (error) {
		await rm(staged, { recursive: true, force: true });
		throw new StartError(`database: PostgreSQL cannot make its data folder (${lastWords(error)})`, {
			cause: error,
		});
	}
	await rename(staged, data);
	await using folder = await open(home, 'r');
	await folder.sync();
	return data;
}
