import type { ZodType } from 'zod';
import { type ArtefactWithAsset, artefactWithAsset } from '#schema/artefact/artefact';
import { RECORD_SCHEMAS, type RecordOf, type Resource } from '#schema/record/record';

/** A record as the API answers it: an artefact comes with its asset. */
export type ClientRecord<R extends Resource> = R extends 'artefacts'
	? ArtefactWithAsset
	: RecordOf<R>;

/** A record as lists show it. */
export type ClientSummary<R extends Resource> = ClientRecord<R>;

const ANSWER_SCHEMAS = { ...RECORD_SCHEMAS, artefacts: artefactWithAsset };

/** What one record of a resource must look like when it arrives. */
export function answerSchema<R extends Resource>(resource: R): ZodType<ClientRecord<R>> {
	// TypeScript cannot follow an index by a type parameter through a conditional type.
	return ANSWER_SCHEMAS[resource] as unknown as ZodType<ClientRecord<R>>;
}
