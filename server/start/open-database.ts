import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.ts';
import { migrate } from '../database/migrate.ts';
import { StartError } from '../errors.ts';

export interface DatabaseStart {
	config: Pick<Config, 'dataDir' | 'databaseUrl'>;
	logger: Logger;
	signal: AbortSignal;
	/** Our own PostgreSQL is gone and will not come back. */
	onLost: (error: Error) => void;
}

/** The network's or the server's own word for what is wrong; both keep passwords out of it. */
function reason(error: unknown): string {
	if (error instanceof AggregateError) return reason(error.errors[0]);
	if (!(error instanceof Error)) return String(error);
	return error.message || ('code' in error ? String(error.code) : error.name);
}

async function checkReachable(database: Database, url: string): Promise<void> {
	try {
		await database.pool.query('select 1');
	} catch (error) {
		const { host, pathname } = new URL(url);
		throw new StartError(
			`database: DATABASE_URL (${host}${pathname}) cannot be used (${reason(error)}) — start it or correct the setting`,
			{ cause: error },
		);
	}
}

/**
 * Opens the catalogue's database, starting our own PostgreSQL unless the settings name one, and
 * brings it to the newest schema. Disposing closes the pool, then stops what was started.
 * Throws StartError when it cannot be used.
 */
export async function startDatabase(options: DatabaseStart): Promise<Database> {
	const { config, logger, signal, onLost } = options;
	await using undo = new AsyncDisposableStack();
	let isStopping = false;
	const onIdleError = (error: Error) => {
		// The pool says goodbye and does not wait: our PostgreSQL may be the quicker one to go.
		if (!isStopping) logger.warn({ err: error }, 'database: a connection broke');
	};
	let database: Database;
	if (config.databaseUrl === undefined) {
		const { dataDir } = config;
		const postgres = undo.use(await startEmbeddedPostgres({ dataDir, logger, signal, onLost }));
		database = undo.use(openDatabase(postgres.connection, onIdleError));
	} else {
		database = undo.use(openDatabase(config.databaseUrl, onIdleError));
		await checkReachable(database, config.databaseUrl);
	}
	signal.throwIfAborted();
	await migrate(database);
	undo.defer(() => {
		isStopping = true;
	});
	const owned = undo.move();
	return { ...database, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
