import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as answers from './schema/answers.ts';
import * as assets from './schema/assets.ts';
import * as audit from './schema/audit.ts';
import * as auth from './schema/auth.ts';
import * as catalogue from './schema/catalogue.ts';
import * as jobs from './schema/jobs.ts';

const schema = { ...catalogue, ...audit, ...auth, ...answers, ...assets, ...jobs };

type Orm = NodePgDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Orm['transaction']>[0]>[0];
/** Whatever can run a query: the pool, or one transaction of it. */
export type Queryable = Orm | Transaction;

/** An open PostgreSQL. Release it with `await using`, after everything that uses it. */
export interface Database extends AsyncDisposable {
	orm: Orm;
	pool: pg.Pool;
	/** How it was reached; those who need a connection of their own (queue, listener) connect the same way. */
	connection: pg.PoolConfig;
}

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** No page needs a statement this long; one that does is stopped before it holds up the rest. */
const STATEMENT_TIMEOUT_MS = 20_000;

/** Queries over one connection that is its owner's, such as one that holds a lock. */
export function ormOn(client: pg.Client): Orm {
	return drizzle(client, { schema });
}

/**
 * Opens the catalogue's database by connection string or settings (host may be a socket folder).
 * Connects lazily: nothing is thrown here when the server does not answer. Losing idle connections
 * is no failure of ours; `onIdleError` only hears of it.
 */
export function openDatabase(
	connection: string | pg.PoolConfig,
	onIdleError: (error: Error) => void = () => {},
): Database {
	const settings: pg.PoolConfig =
		typeof connection === 'string' ? { connectionString: connection } : connection;
	const pool = new pg.Pool({
		max: POOL_SIZE,
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
		statement_timeout: STATEMENT_TIMEOUT_MS,
		application_name: 'xishan',
		...settings,
	});
	pool.on('error', onIdleError);
	// Who holds a connection learns of its end by the next query; without a listener the process would end.
	pool.on('connect', (client) => client.on('error', () => {}));
	return {
		orm: drizzle(pool, { schema }),
		pool,
		connection: settings,
		[Symbol.asyncDispose]: () => pool.end(),
	};
}
