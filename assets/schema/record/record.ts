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
import type { Resource } from './resources.ts';

/** The schema of each resource. Pages import those they show, one by one: all of them are a lot of script. */
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
} as const satisfies Record<Resource, z.ZodObject>;

export type RecordOf<R extends Resource> = z.infer<(typeof RECORD_SCHEMAS)[R]>;
