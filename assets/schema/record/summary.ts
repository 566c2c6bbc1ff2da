import { z } from 'zod';
import { artefactShape } from '../artefact/artefact-shape.ts';
import { asset } from '../asset/asset.ts';
import { pictureFile } from '../asset/stored-file.ts';
import { exhibitShape } from '../exhibit/exhibit-shape.ts';
import { library } from '../library/library.ts';
import { museum } from '../museum/museum.ts';
import { place } from '../place/place.ts';
import { tour, tourStop } from '../tour/tour.ts';
import { tradition } from '../tradition/tradition.ts';
import { recordId } from '../value/id.ts';
import { localizedText } from '../value/text.ts';
import type { Resource } from './resources.ts';

/** So many of an exhibit's artefacts are named in its summary. */
export const EXHIBIT_FIRST_MAX = 4;

const museumSummary = museum
	.pick({
		id: true,
		name: true,
		summary: true,
		kind: true,
		isHub: true,
		district: true,
		point: true,
		accent: true,
		signatureArtefact: true,
	})
	.meta({ id: 'MuseumSummary' });

/** What an artefact's document gives to its summary. */
const artefactFacts = z.object({
	id: artefactShape.shape.id,
	name: artefactShape.shape.name,
	summary: artefactShape.shape.summary,
	kind: artefactShape.shape.kind,
	museum: artefactShape.shape.museum,
	category: artefactShape.shape.registration.shape.category,
	isSample: artefactShape.shape.isSample,
	textAlternative: artefactShape.shape.textAlternative,
});

/** `poster`: its picture, and smaller ones for cards, once its asset is ready. `asset`: how that stands. */
const artefactSummary = artefactFacts
	.extend({
		poster: pictureFile.extend({ cards: z.array(pictureFile).optional() }).nullable(),
		asset: asset.pick({ id: true, status: true, progress: true, job: true }).nullable(),
	})
	.meta({ id: 'ArtefactSummary' });

const traditionSummary = tradition
	.pick({ id: true, name: true, summary: true, category: true, level: true, calendar: true })
	.meta({ id: 'TraditionSummary' });

const librarySummary = library
	.pick({ id: true, name: true, summary: true, number: true, group: true })
	.meta({ id: 'LibrarySummary' });

const placeSummary = place
	.pick({ id: true, name: true, summary: true, kind: true })
	.meta({ id: 'PlaceSummary' });

/** `pieces`: how many stand in it. `artefacts`: of the first of them, for a picture of the room. */
const exhibitSummary = z
	.object({
		id: exhibitShape.shape.id,
		name: exhibitShape.shape.name,
		summary: exhibitShape.shape.summary,
		museum: exhibitShape.shape.museum,
		isSample: exhibitShape.shape.isSample,
		pieces: z.int().nonnegative(),
		artefacts: z.array(recordId).max(EXHIBIT_FIRST_MAX),
	})
	.meta({ id: 'ExhibitSummary' });

const tourSummary = z
	.object({
		id: tour.shape.id,
		name: tour.shape.name,
		summary: tour.shape.summary,
		stops: z.array(z.object({ id: tourStop.shape.id, title: tourStop.shape.title })),
	})
	.meta({ id: 'TourSummary' });

/** Of articles and stories: said here, since their own schemas would be too much script for every page. */
const writtenSummary = z.object({
	id: recordId,
	name: localizedText,
	summary: localizedText.optional(),
	museum: recordId.optional(),
});
const articleSummary = writtenSummary.meta({ id: 'ArticleSummary' });
const storySummary = writtenSummary.meta({ id: 'StorySummary' });

/** What lists answer of each record: enough for a card, a line or a mark on the map, and no more. */
export const SUMMARY_SCHEMAS = {
	museums: museumSummary,
	artefacts: artefactSummary,
	traditions: traditionSummary,
	libraries: librarySummary,
	places: placeSummary,
	exhibits: exhibitSummary,
	tours: tourSummary,
	articles: articleSummary,
	stories: storySummary,
} as const satisfies Record<Resource, z.ZodType>;

export type RecordSummary<R extends Resource> = z.infer<(typeof SUMMARY_SCHEMAS)[R]>;

/** The part of a summary that stands in the document; an artefact's picture and asset come from elsewhere. */
export type DocumentSummary<R extends Resource> = R extends 'artefacts'
	? z.infer<typeof artefactFacts>
	: RecordSummary<R>;
