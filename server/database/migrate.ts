import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import { z } from 'zod';
import type { Database } from './database.ts';

const MIGRATIONS_FOLDER = resolve(import.meta.dirname, 'migrations');
/** Any constant number, the same in every process: only one of them migrates at a time. */
const LOCK_KEY = 0x5869_7368;

const journal = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

/**
 * Brings the database to the newest schema, forward only. Safe to run from many processes at once:
 * the others wait, then find nothing left to do. Each run of migrations is one transaction.
 */
export async function migrate(db: Database): Promise<void> {
	const client = await db.pool.connect();
	// Not given back to the pool: a migration may take its time, which nothing else may.
	try {
		await client.query('set statement_timeout = 0');
		await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
		await runMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
	} finally {
		// Closing the session also gives up the lock.
		client.release(true);
	}
}

/** Whether the database has every migration this program knows. */
export async function isAtHead(db: Database): Promise<boolean> {
	const { entries } = journal.parse(
		JSON.parse(await readFile(resolve(MIGRATIONS_FOLDER, 'meta/_journal.json'), 'utf8')),
	);
	const newest = Math.max(...entries.map((entry) => entry.when));
	const { rows } = await db.pool.query<{ newest: string | null }>(
		'select max(created_at) as newest from drizzle.__drizzle_migrations',
	);
	return Number(rows[0]?.newest ?? 0) >= newest;
}
