import { type ZodArray, type ZodType, z } from 'zod';
import { type ArtefactWithAsset, artefactWithAssetShape } from '#schema/artefact/artefact-shape';
import { exhibitShape } from '#schema/exhibit/exhibit-shape';
import { library } from '#schema/library/library';
import { museum } from '#schema/museum/museum';
import { place } from '#schema/place/place';
import { type NamedRecord, namedRecord } from '#schema/record/named-record';
import type { RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import { tour } from '#schema/tour/tour';
import { tradition } from '#schema/tradition/tradition';

/**
 * A record as the API answers it: an artefact comes with its asset. Of articles and stories only the
 * name is read so far, which spares every page the schemas of their insides.
 */
export type ClientRecord<R extends Resource> = R extends 'artefacts'
	? ArtefactWithAsset
	: R extends 'articles' | 'stories'
		? NamedRecord
		: RecordOf<R>;

/** The same list, however short: who writes must have one, who reads gets by with none. */
const ofAnyLength = <Item extends ZodType>({ element }: ZodArray<Item>) => z.array(element);

const ANSWER_SCHEMAS: Record<Resource, ZodType> = {
	museums: museum,
	artefacts: artefactWithAssetShape,
	traditions: tradition,
	libraries: library,
	places: place,
	exhibits: z.object({
		...exhibitShape.shape,
		rooms: ofAnyLength(exhibitShape.shape.rooms),
		pieces: ofAnyLength(exhibitShape.shape.pieces),
		lights: ofAnyLength(exhibitShape.shape.lights),
	}),
	tours: z.object({
		...tour.shape,
		museums: ofAnyLength(tour.shape.museums),
		stops: ofAnyLength(tour.shape.stops),
	}),
	articles: namedRecord,
	stories: namedRecord,
};

/** What one record of a resource must look like when it arrives. */
export function answerSchema<R extends Resource>(resource: R): ZodType<ClientRecord<R>> {
	// TypeScript cannot follow an index by a type parameter through a conditional type.
	return ANSWER_SCHEMAS[resource] as unknown as ZodType<ClientRecord<R>>;
}
