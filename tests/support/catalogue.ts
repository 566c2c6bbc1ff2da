import type { Publication } from '../../server/catalogue/publish-records.ts';
import { publishRecords } from '../../server/catalogue/publish-records.ts';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { TestPostgres } from './postgres.ts';
import { aLibrary, aMuseum, anArtefact, anExhibit, aPlace, aTour, aTradition } from './records.ts';

/** An empty, migrated catalogue on a test's PostgreSQL. */
export async function openCatalogue({ connection }: TestPostgres): Promise<Database> {
	const db = openDatabase(connection);
	await migrate(db);
	return db;
}

/** Publishes records, light in the order given. */
export async function publish(
	db: Database,
	records: Omit<Publication, 'weight'>[],
	author = 'tester',
): Promise<number> {
	const batch = records.map((record, weight) => ({ ...record, weight }));
	return db.orm.transaction((tx) => publishRecords(tx, batch, { author, note: 'test' }));
}

/** One record of every resource, each naming the others. */
export function aSmallCluster(): Omit<Publication, 'weight'>[] {
	return [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
		{ resource: 'traditions', document: aTradition() },
		{ resource: 'libraries', document: aLibrary() },
		{ resource: 'places', document: aPlace() },
		{ resource: 'exhibits', document: anExhibit() },
		{ resource: 'tours', document: aTour() },
	];
}
