import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { at, instant } from './columns.ts';

/**
 * What was done, by whom, to what: one row in the transaction that did it. `leaf` is the SHA-256 of
 * the row's canonical JSON. Rows are only added; a trigger lets nothing but `seal` be set, once.
 */
export const audit = pgTable(
	'audit',
	{
		id: bigserial({ mode: 'number' }).primaryKey(),
		at: instant('at').notNull(),
		/** An opaque account or device id, or the name of a part of this program. */
		actor: text().notNull(),
		action: text().notNull(),
		/** What was acted on: `record/artefacts/x`, `asset/…`, `account/…`, `device/…`. */
		subject: text().notNull(),
		/** Facts of the act; never personal data. */
		detail: jsonb().$type<Record<string, unknown>>().notNull(),
		leaf: text().notNull(),
		seal: integer(),
	},
	(t) => [
		index('audit_subject').on(t.subject, t.id),
		index('audit_unsealed').on(t.id).where(sql`${t.seal} is null`),
		index('audit_seal').on(t.seal, t.id),
	],
);

/** A batch of audit rows closed in order: `root` is the SHA-256 of `prev` and of the batch's leaves. */
export const seal = pgTable('seal', {
	id: integer().primaryKey(),
	prev: text().notNull(),
	root: text().notNull(),
	leaves: integer().notNull(),
	sealedAt: at('sealed_at'),
});
