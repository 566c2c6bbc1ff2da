import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../../server/database/embedded/embedded-postgres.ts';
import { accountToDropTo } from '../../server/database/embedded/system-account.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const DEBIAN_ROOT = '/usr/lib/postgresql';

/** An empty PostgreSQL of the test's own; disposing stops it and removes what it stored. */
export interface TestPostgres extends AsyncDisposable {
	/** Goes to `openDatabase`. */
	connection: pg.PoolConfig;
}

/** The PostgreSQL that comes with npm, as the server itself runs it. */
export async function startEmbedded(): Promise<TestPostgres> {
	await using undo = new AsyncDisposableStack();
	const folder = undo.use(await temporaryFolder('pg'));
	const logger = pino({ level: 'silent' });
	const { connection } = undo.use(await startEmbeddedPostgres({ dataDir: folder.path, logger }));
	const owned = undo.move();
	return { connection, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Folder of the newest PostgreSQL programs the system has (Debian's `postgresql`), or null. */
export async function findSystemPostgres(): Promise<string | null> {
	const versions = await readdir(DEBIAN_ROOT).catch(() => []);
	for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
		const binDir = join(DEBIAN_ROOT, version, 'bin');
		if (await stat(join(binDir, 'initdb')).catch(() => null)) return binDir;
	}
	return null;
}

async function waitForAnswer(connectionString: string, isRunning: () => boolean): Promise<void> {
	while (isRunning()) {
		const client = new pg.Client({ connectionString });
		const isUp = await client.connect().then(
			() => true,
			() => false,
		);
		await client.end().catch(() => {});
		if (isUp) return;
		await delay(50);
	}
	throw new Error('PostgreSQL ended before it answered');
}

/** A PostgreSQL of the system's programs on 127.0.0.1, reached by address as DATABASE_URL is. */
export async function startSystemPostgres(
	binDir: string,
): Promise<TestPostgres & { connection: { connectionString: string } }> {
	await using undo = new AsyncDisposableStack();
	const folder = undo.use(await temporaryFolder('pg-system'));
	const data = join(folder.path, 'data');
	const account = await accountToDropTo(data);
	await mkdir(data, { mode: 0o700 });
	if (account) await chown(data, account.uid, account.gid);
	const who = { ...account, cwd: '/' };
	await run(join(binDir, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8'], who);
	const port = await freePort();
	const settings = ['-p', String(port), '-h', '127.0.0.1', '-c', 'unix_socket_directories='];
	const child = spawn(join(binDir, 'postgres'), ['-D', data, ...settings], {
		...who,
		stdio: 'ignore',
	});
	const ended = once(child, 'exit');
	undo.defer(async () => {
		child.kill('SIGINT');
		await ended;
	});
	const connectionString = `postgresql://test@127.0.0.1:${port}/postgres`;
	await waitForAnswer(connectionString, () => child.exitCode === null && child.signalCode === null);
	const owned = undo.move();
	return { connection: { connectionString }, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
