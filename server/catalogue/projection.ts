import { articleText } from '#schema/article/article-text';
import type { RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import type { LocalizedText } from '#schema/value/text';
import { SEARCH_TOKENS_VERSION, type TokenClass, tokensLiteral } from '../search/search-tokens.ts';

/** What a list filters and searches by. `tokens` is a `tsvector` literal. */
export interface Projection {
	museums: string[];
	kind: string | null;
	category: string | null;
	libraries: string[];
	tokens: string;
}

/** Raise the first number when a rule below changes; the second follows the search tokens. */
export const PROJECTION_VERSION = 2000 + SEARCH_TOKENS_VERSION;

/** Records projected by rules older than these have not written down yet whom they name. */
export const REFERENCES_SINCE = 2000;

type Facets = Omit<Projection, 'tokens'> & { texts: (LocalizedText | undefined)[] };

const NONE = { museums: [], kind: null, category: null, libraries: [], texts: [] };

const ownerOf = ({ museum }: { museum?: string | undefined }) =>
	museum === undefined ? [] : [museum];

/**
 * `kind` is what sort of thing a record is within its resource: for a library its group, for a
 * tradition its level, for a story what it tells of. `texts` are found as class D, below name and summary.
 */
const RULES: { [R in Resource]: (record: RecordOf<R>) => Facets } = {
	museums: (m) => ({
		...NONE,
		museums: [m.id],
		kind: m.kind,
		texts: [m.description, m.address, m.protection],
	}),
	artefacts: (a) => ({
		museums: [a.museum],
		kind: a.kind,
		category: a.registration.category ?? null,
		libraries: a.libraries,
		texts: [
			a.registration.name,
			a.registration.period?.display,
			a.registration.material,
			a.description,
			a.textAlternative,
		],
	}),
	traditions: (t) => ({
		museums: t.museums,
		kind: t.level,
		category: t.category,
		libraries: t.libraries,
		texts: [t.categoryAtInscription, t.region, t.protectionUnit, t.description],
	}),
	libraries: (l) => ({ ...NONE, kind: l.group, libraries: [l.id] }),
	places: (p) => ({ ...NONE, kind: p.kind }),
	exhibits: (e) => ({
		...NONE,
		museums: [e.museum],
		texts: [
			e.description,
			...e.texts.flatMap((text) => [text.title, text.body]),
			...e.pieces.map((piece) => piece.caption),
		],
	}),
	tours: (t) => ({
		...NONE,
		museums: t.museums,
		texts: t.stops.flatMap((stop) => [stop.title, stop.caption]),
	}),
	articles: (a) => ({ ...NONE, museums: ownerOf(a), texts: [articleText(a.body)] }),
	stories: (s) => ({
		...NONE,
		museums: ownerOf(s),
		kind: s.subject.kind,
		texts: s.steps.flatMap((step) => [step.title, step.narration.text]),
	}),
};

function classed(text: LocalizedText | undefined, tokenClass: TokenClass) {
	return Object.values(text ?? {}).flatMap((value) =>
		value === undefined ? [] : [{ text: value, class: tokenClass }],
	);
}

/** Derives from a record what lists filter and search by: names in every language count most. */
export function projectRecord<R extends Resource>(resource: R, record: RecordOf<R>): Projection {
	const { texts, ...facets } = RULES[resource](record);
	const tokens = tokensLiteral([
		...classed(record.name, 'A'),
		...classed(record.summary, 'B'),
		...texts.flatMap((text) => classed(text, 'D')),
	]);
	return { ...facets, tokens };
}
