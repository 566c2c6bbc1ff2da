import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	customType,
	doublePrecision,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uuid,
} from 'drizzle-orm/pg-core';
import type { AssetStatus } from '#schema/asset/asset';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Scan } from '#schema/asset/scan';
import type { DigitizeStage } from '#schema/digitize/digitize-event';
import type { Job, JobFailure } from '#schema/job/job';
import type { Resource } from '#schema/record/record';

/** Text compared byte by byte, so that keyset paging has one order on every PostgreSQL. */
const bytewise = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
/** To the millisecond, as JavaScript and cursors know time. */
const at = (name: string) =>
	timestamp(name, { withTimezone: true, precision: 3 }).notNull().defaultNow();

/**
 * One record of the catalogue. `publishedRevision` points at the revision readers see. The other
 * columns are projected from that revision for listing and searching, and can be made again at any
 * time (`projectionVersion` says by which rules they were).
 */
export const record = pgTable(
	'record',
	{
		resource: text().$type<Resource>().notNull(),
		id: bytewise().notNull(),
		publishedRevision: integer('published_revision'),
		museums: text().array().notNull(),
		kind: text(),
		category: text(),
		libraries: text().array().notNull(),
		tokens: tsvector().notNull(),
		weight: integer().notNull(),
		projectionVersion: integer('projection_version').notNull(),
		updatedAt: at('updated_at'),
	},
	(t) => [
		primaryKey({ columns: [t.resource, t.id] }),
		index('record_order').on(t.resource, t.weight, t.id),
		index('record_tokens').using('gin', t.tokens),
		index('record_museums').using('gin', t.museums),
		index('record_libraries').using('gin', t.libraries),
	],
);

/** What a record said at one time. Rows are only ever added: a trigger refuses the rest. */
export const revision = pgTable(
	'revision',
	{
		resource: text().$type<Resource>().notNull(),
		recordId: bytewise('record_id').notNull(),
		number: integer().notNull(),
		document: jsonb().notNull(),
		/** Of the document's canonical JSON. */
		sha256: text().notNull(),
		author: text().notNull(),
		note: text().notNull(),
		createdAt: at('created_at'),
	},
	(t) => [
		primaryKey({ columns: [t.resource, t.recordId, t.number] }),
		foreignKey({ columns: [t.resource, t.recordId], foreignColumns: [record.resource, record.id] }),
	],
);

/** A scan with its derivatives. The id is made from everything that decides their bytes. */
export const asset = pgTable(
	'asset',
	{
		id: text().primaryKey(),
		scanSha256: text('scan_sha256').notNull(),
		scanName: text('scan_name').notNull(),
		scanBytes: bigint('scan_bytes', { mode: 'number' }).notNull(),
		options: jsonb().$type<Pick<Scan, 'kind' | 'unit' | 'up'>>().notNull(),
		status: text().$type<AssetStatus>().notNull(),
		/** Its file references are addresses of immutable objects. */
		manifest: jsonb().$type<AssetManifest>(),
		failure: jsonb().$type<JobFailure>(),
		job: uuid().notNull(),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [index('asset_scan').on(t.scanSha256)],
);

/** One stored file of an asset. Only public ones are served by their hash. */
export const assetFile = pgTable(
	'asset_file',
	{
		asset: text()
			.notNull()
			.references(() => asset.id),
		name: text().notNull(),
		sha256: text().notNull(),
		bytes: bigint({ mode: 'number' }).notNull(),
		contentType: text('content_type').notNull(),
		isPublic: boolean('is_public').notNull(),
		/** The same bytes compressed with brotli, where that pays. */
		brotliSha256: text('brotli_sha256'),
		brotliBytes: bigint('brotli_bytes', { mode: 'number' }),
	},
	(t) => [
		primaryKey({ columns: [t.asset, t.name] }),
		index('asset_file_public').on(t.sha256).where(sql`${t.isPublic}`),
	],
);

/** Which assets were made of an artefact; the latest ready one is shown, else the latest. */
export const artefactAsset = pgTable(
	'artefact_asset',
	{
		artefact: bytewise().notNull(),
		asset: text()
			.notNull()
			.references(() => asset.id),
		linkedAt: at('linked_at'),
	},
	(t) => [primaryKey({ columns: [t.artefact, t.asset] })],
);

/** How far each job is, for people to follow; the queue itself belongs to pg-boss. Changes are notified. */
export const jobProgress = pgTable(
	'job_progress',
	{
		id: uuid().primaryKey(),
		asset: text()
			.notNull()
			.references(() => asset.id),
		kind: text().$type<Job['kind']>().notNull().default('digitize'),
		status: text().$type<Job['status']>().notNull(),
		stage: text().$type<DigitizeStage>(),
		progress: doublePrecision().notNull().default(0),
		attempt: integer().notNull().default(0),
		failure: jsonb().$type<JobFailure>(),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [
		index('job_progress_recent').on(t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
		index('job_progress_open')
			.on(t.status, t.kind)
			.where(sql`${t.status} in ('queued', 'running')`),
	],
);
