import type { Resource } from '#schema/record/resources';
import type { Publication } from '../../server/catalogue/publish-records.ts';
import { publishRecords } from '../../server/catalogue/publish-records.ts';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { TestPostgres } from './postgres.ts';
import {
	aLibrary,
	aMuseum,
	anArtefact,
	anArticle,
	anExhibit,
	aPlace,
	aStory,
	aTour,
	aTradition,
} from './records.ts';

/** An empty, migrated catalogue on a test's PostgreSQL. */
export async function openCatalogue({ connection }: TestPostgres): Promise<Database> {
	const db = openDatabase(connection);
	await migrate(db);
	return db;
}

/** Empties a catalogue between two tests, also of what is only ever added to. */
export async function emptyCatalogue(db: Database): Promise<void> {
	const guarded = ['revision', 'audit', 'seal'];
	for (const table of guarded) await db.pool.query(`alter table ${table} disable trigger user`);
	await db.pool.query(
		'truncate record, revision, reference, asset, job, audit, seal restart identity cascade',
	);
	for (const table of guarded) await db.pool.query(`alter table ${table} enable trigger user`);
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

/** Gives a published record a document as another version of this program would have stored it, unchecked. */
export async function storeAsIs(
	db: Database,
	resource: Resource,
	id: string,
	document: object,
): Promise<void> {
	await db.pool.query(
		`with added as (
			insert into revision
			select (jsonb_populate_record(last, jsonb_build_object('number', last.number + 1, 'document', $3::jsonb))).*
			from revision last where resource = $1 and record_id = $2
			order by number desc limit 1
			returning number
		)
		update record set published_revision = added.number from added where resource = $1 and id = $2`,
		[resource, id, JSON.stringify(document)],
	);
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
		{ resource: 'articles', document: anArticle() },
		{ resource: 'stories', document: aStory() },
	];
}
