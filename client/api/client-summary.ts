import type { ZodType } from 'zod';
import type { Resource } from '#schema/record/resources';
import { type RecordSummary, SUMMARY_SCHEMAS } from '#schema/record/summary';

/** A record as lists show it. */
export type ClientSummary<R extends Resource> = RecordSummary<R>;

/** What one member of a list must look like when it arrives. */
export function summarySchema<R extends Resource>(resource: R): ZodType<ClientSummary<R>> {
	// TypeScript cannot follow an index by a type parameter through a conditional type.
	return SUMMARY_SCHEMAS[resource] as unknown as ZodType<ClientSummary<R>>;
}
