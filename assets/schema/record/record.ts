import type { z } from 'zod';
import { artefact } from '../artefact/artefact.ts';
import { article } from '../article/article.ts';
import { exhibit } from '../exhibit/exhibit.ts';
import { library } from '../library/library.ts';
import { museum } from '../museum/museum.ts';
import { place } from '../place/place.ts';
import { story } from '../story/story.ts';
import { tour } from '../tour/tour.ts';
import { tradition } from '../tradition/tradition.ts';

/** The resources of the catalogue, under the plural that names their address and their folder in `assets/collection`. */
export const RECORD_SCHEMAS = {
	museums: museum,
	artefacts: artefact,
	traditions: tradition,
	libraries: library,
	places: place,
	exhibits: exhibit,
	tours: tour,
	articles: article,
	stories: story,
} as const;

export type Resource = keyof typeof RECORD_SCHEMAS;
export type RecordOf<R extends Resource> = z.infer<(typeof RECORD_SCHEMAS)[R]>;
export const RESOURCES = Object.keys(RECORD_SCHEMAS) as Resource[];
