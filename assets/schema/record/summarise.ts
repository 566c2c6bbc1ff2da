import { artefactOf } from '../exhibit/piece.ts';
import type { RecordOf } from './record.ts';
import type { Resource } from './resources.ts';
import { type DocumentSummary, EXHIBIT_FIRST_MAX } from './summary.ts';

const RULES: { [R in Resource]: (record: RecordOf<R>) => DocumentSummary<R> } = {
	museums: ({ id, name, summary, kind, isHub, district, point, accent, signatureArtefact }) => ({
		id,
		name,
		summary,
		kind,
		isHub,
		district,
		point,
		accent,
		signatureArtefact,
	}),
	artefacts: ({ id, name, summary, kind, museum, registration, isSample, textAlternative }) => ({
		...{ id, name, summary, kind, museum, isSample, textAlternative },
		category: registration.category,
	}),
	traditions: ({ id, name, summary, category, level, calendar }) => ({
		id,
		name,
		summary,
		category,
		level,
		calendar,
	}),
	libraries: ({ id, name, summary, number, group }) => ({ id, name, summary, number, group }),
	places: ({ id, name, summary, kind }) => ({ id, name, summary, kind }),
	exhibits: ({ id, name, summary, museum, isSample, pieces }) => ({
		...{ id, name, summary, museum, isSample },
		pieces: pieces.length,
		artefacts: pieces.flatMap((piece) => artefactOf(piece) ?? []).slice(0, EXHIBIT_FIRST_MAX),
	}),
	tours: ({ id, name, summary, stops }) => ({
		...{ id, name, summary },
		stops: stops.map((stop) => ({ id: stop.id, title: stop.title })),
	}),
	articles: ({ id, name, summary, museum }) => ({ id, name, summary, museum }),
	stories: ({ id, name, summary, museum }) => ({ id, name, summary, museum }),
};

/** What lists show of a document in the format of now. The input is not touched, its parts are shared. */
export function summarise<R extends Resource>(resource: R, document: RecordOf<R>) {
	return RULES[resource](document);
}
