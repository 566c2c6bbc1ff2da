import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/** What a change answered that may be sent again: for a day, under a key its sender chose. */
export const keptAnswer = pgTable(
	'kept_answer',
	{
		/** SHA-256 of who asked, which route, and the key they sent. */
		key: text().primaryKey(),
		/** SHA-256 of what was asked: the same key for something else is a mistake. */
		request: text().notNull(),
		/** Null while the first one is under way. */
		status: integer(),
		body: jsonb(),
		claimedAt: at('claimed_at'),
	},
	(t) => [index('kept_answer_age').on(t.claimedAt)],
);
