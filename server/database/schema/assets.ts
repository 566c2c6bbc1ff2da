import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uuid,
} from 'drizzle-orm/pg-core';
import type { AssetStatus } from '#schema/asset/asset';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { Scan } from '#schema/asset/scan';
import type { JobFailure } from '#schema/job/job';
import type { Resource } from '#schema/record/resources';
import { revision } from './catalogue.ts';
import { at, bytewise, instant } from './columns.ts';

/** A scan with its derivatives. The id is made from everything that decides their bytes. */
export const asset = pgTable(
	'asset',
	{
		id: text().primaryKey(),
		scanSha256: text('scan_sha256').notNull(),
		scanName: text('scan_name').notNull(),
		scanBytes: bigint('scan_bytes', { mode: 'number' }).notNull(),
		options: jsonb().$type<Pick<Scan, 'kind' | 'unit' | 'up'>>().notNull(),
		/** The node whose people may see it while nothing published links it. */
		owner: text().notNull().default('cluster'),
		status: text().$type<AssetStatus>().notNull(),
		/** As the pipeline wrote it: its file references are names of the asset's own files. */
		manifest: jsonb().$type<AssetManifest>(),
		failure: jsonb().$type<JobFailure>(),
		job: uuid().notNull(),
		createdAt: at('created_at'),
		updatedAt: at('updated_at'),
	},
	(t) => [index('asset_scan').on(t.scanSha256)],
);

/** One stored file of an asset that stands alone. Only public ones are ever served. */
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
		index('asset_file_sha256').on(t.sha256),
		index('asset_file_brotli').on(t.brotliSha256).where(sql`${t.brotliSha256} is not null`),
	],
);

/** Of each file of a folder: hash, size, and hash and size of its brotli form where that pays. */
export type FolderFiles = Record<
	string,
	[sha256: string, bytes: number, brotliSha256?: string, brotliBytes?: number]
>;

/** A folder of an asset whose files name each other by relative paths (tiles, IIIF, HLS): one row for all of them. */
export const assetFolder = pgTable(
	'asset_folder',
	{
		asset: text()
			.notNull()
			.references(() => asset.id),
		/** First part of the path of all its files. */
		name: text().notNull(),
		isPublic: boolean('is_public').notNull(),
		/** By the path below the folder. Files are only added. */
		files: jsonb().$type<FolderFiles>().notNull(),
	},
	(t) => [
		primaryKey({ columns: [t.asset, t.name] }),
		/** By the hash of what it holds, plain or brotli. */
		index('asset_folder_hashes').using(
			'gin',
			sql`jsonb_path_query_array(${t.files}, '$.*[0,2]') jsonb_path_ops`,
		),
	],
);

/**
 * A medium: an asset in a role on one revision of a record. What a published revision links is
 * visible to everyone, nothing else is. Where a revision links several in one role, the latest ready
 * one is shown, else the latest.
 */
export const medium = pgTable(
	'medium',
	{
		resource: text().$type<Resource>().notNull(),
		recordId: bytewise('record_id').notNull(),
		revision: integer().notNull(),
		/** The id of the medium within its record (of a scan, `model`), or `pinned` where a piece or hotspot shows it. */
		role: text().notNull(),
		asset: text()
			.notNull()
			.references(() => asset.id),
		linkedAt: at('linked_at'),
	},
	(t) => [
		primaryKey({ columns: [t.resource, t.recordId, t.revision, t.role, t.asset] }),
		foreignKey({
			name: 'medium_revision_fk',
			columns: [t.resource, t.recordId, t.revision],
			foreignColumns: [revision.resource, revision.recordId, revision.number],
		}),
		index('medium_asset').on(t.asset),
	],
);

/** Bytes that had to go: never stored or served again, also not after a restore. */
export const takedown = pgTable('takedown', {
	sha256: text().primaryKey(),
	asset: text(),
	/** A code and a sentence for the register; no personal data. */
	reason: text().notNull(),
	actor: text().notNull(),
	at: at('at'),
	/** When the store last said that it has them no longer. */
	removedAt: instant('removed_at'),
});
