import { customType, timestamp } from 'drizzle-orm/pg-core';

/** Text compared byte by byte, so that keyset paging has one order on every PostgreSQL. */
export const bytewise = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** To the millisecond, as JavaScript and cursors know time. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
/** The moment a row was written. */
export const at = (name: string) => instant(name).notNull().defaultNow();
