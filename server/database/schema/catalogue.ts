import { sql } from 'drizzle-orm';
import {
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uuid,
} from 'drizzle-orm/pg-core';
import type { LanguageStates, RecordState } from '#schema/record/life';
import type { Resource } from '#schema/record/resources';
import { at, bytewise, instant, tsvector } from './columns.ts';

/**
 * One record of the catalogue. `state` says where the newest revision stands; `publishedRevision`
 * points at the one readers see, in `languages`. `owner` is the node (a museum, or `cluster`) whose
 * people may change it. The columns from `museums` on are projected from the published revision for
 * listing and searching, and can be made again at any time (`projectionVersion` says by which rules
 * they were).
 */
export const record = pgTable(
	'record',
	{
		resource: text().$type<Resource>().notNull(),
		id: bytewise().notNull(),
		owner: text().notNull().default('cluster'),
		state: text().$type<RecordState>().notNull().default('draft'),
		publishedRevision: integer('published_revision'),
		/** Languages readers get of the published revision. */
		languages: text().array().notNull().default(['zh-CN', 'en']),
		/** The revision a second person approved; an edit after that takes it away. */
		approvedRevision: integer('approved_revision'),
		/** When the approved revision is to be published: an embargo, or a schedule. */
		publishAt: instant('publish_at'),
		/** Languages that publication names. */
		publishLanguages: text('publish_languages').array(),
		/** Who asked for it, as an opaque account id. */
		publishActor: text('publish_actor'),
		withdrawAt: instant('withdraw_at'),
		withdrawActor: text('withdraw_actor'),
		museums: text().array().notNull(),
		kind: text(),
		category: text(),
		libraries: text().array().notNull(),
		tokens: tsvector().notNull(),
		/** What lists answer of the record, beside its poster. */
		summary: jsonb(),
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
		index('record_publish_at').on(t.publishAt).where(sql`${t.publishAt} is not null`),
		index('record_withdraw_at').on(t.withdrawAt).where(sql`${t.withdrawAt} is not null`),
	],
);

/** What a record said at one time. Rows are only ever added: a trigger refuses the rest. */
export const revision = pgTable(
	'revision',
	{
		resource: text().$type<Resource>().notNull(),
		recordId: bytewise('record_id').notNull(),
		number: integer().notNull(),
		/** As it was written, in the format of its day; readers upgrade it. */
		document: jsonb().notNull(),
		/** Of the document's canonical JSON (RFC 8785). */
		sha256: text().notNull(),
		/** State of each language and hash of the source text it was made from; null before there were such states. */
		languages: jsonb().$type<LanguageStates>(),
		/** The revision it was made from; null for a first one, and where nobody noted it. */
		base: integer(),
		/** The earlier revision whose words it brings back. */
		restores: integer(),
		/** An opaque account id, or the name of a part of this program: never a person's name. */
		author: text().notNull(),
		note: text().notNull(),
		createdAt: at('created_at'),
	},
	(t) => [
		primaryKey({ columns: [t.resource, t.recordId, t.number] }),
		foreignKey({ columns: [t.resource, t.recordId], foreignColumns: [record.resource, record.id] }),
	],
);

/** What one editor writes in one sitting, overwritten as they go; a revision is cut from it. */
export const draft = pgTable(
	'draft',
	{
		resource: text().$type<Resource>().notNull(),
		recordId: bytewise('record_id').notNull(),
		sitting: uuid().notNull(),
		author: text().notNull(),
		/** The newest revision when the sitting began; 0 where there was none. */
		base: integer().notNull(),
		document: jsonb().notNull(),
		updatedAt: at('updated_at'),
	},
	(t) => [
		primaryKey({ columns: [t.resource, t.recordId, t.sitting] }),
		foreignKey({ columns: [t.resource, t.recordId], foreignColumns: [record.resource, record.id] }),
	],
);

/** Which records a published revision names, so that what is needed is not withdrawn silently. */
export const reference = pgTable(
	'reference',
	{
		resource: text().$type<Resource>().notNull(),
		recordId: bytewise('record_id').notNull(),
		/** Where in the document, dotted. */
		path: text().notNull(),
		toResource: text('to_resource').$type<Resource>().notNull(),
		toId: bytewise('to_id').notNull(),
	},
	(t) => [
		primaryKey({ columns: [t.resource, t.recordId, t.path] }),
		index('reference_to').on(t.toResource, t.toId),
	],
);
