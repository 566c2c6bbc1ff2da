import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Database } from '../../server/database/database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../server/database/migrations');

/** Brings a database to the schema after its first `count` migrations, as an earlier version left it. */
export async function migrateFirst(db: Database, count: number): Promise<void> {
	await using folder = await temporaryFolder('migrations');
	const migrationsFolder = join(folder.path, 'migrations');
	await cp(MIGRATIONS, migrationsFolder, { recursive: true });
	const path = join(migrationsFolder, 'meta/_journal.json');
	const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: object[] };
	await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
	await migrate(drizzle(db.pool), { migrationsFolder });
}
