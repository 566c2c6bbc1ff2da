import { artefactOf } from '#schema/exhibit/piece';
import type { RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';

/** One record naming another: where in the document, and whom. */
export interface Reference {
	path: string;
	resource: Resource;
	id: string;
}

function one(path: string, resource: Resource, id: string | undefined): Reference[] {
	return id === undefined ? [] : [{ path, resource, id }];
}

function many(path: string, resource: Resource, ids: readonly string[]): Reference[] {
	return ids.map((id, i) => ({ path: `${path}.${i}`, resource, id }));
}

/** What a record has written and told about it. */
function told(record: { articles: readonly string[]; stories: readonly string[] }): Reference[] {
	return [
		...many('articles', 'articles', record.articles),
		...many('stories', 'stories', record.stories),
	];
}

const RULES: { [R in Resource]: (record: RecordOf<R>) => Reference[] } = {
	museums: (m) => [
		...one('place', 'places', m.place),
		...one('signatureArtefact', 'artefacts', m.signatureArtefact),
	],
	artefacts: (a) => [
		...told(a),
		...one('museum', 'museums', a.museum),
		...one('registration.holder', 'museums', a.registration.holder),
		...many('libraries', 'libraries', a.libraries),
		...many('traditions', 'traditions', a.traditions),
		...one('place', 'places', a.place),
	],
	traditions: (t) => [
		...told(t),
		...many('places', 'places', t.places),
		...many('museums', 'museums', t.museums),
		...many('artefacts', 'artefacts', t.artefacts),
		...many('libraries', 'libraries', t.libraries),
	],
	libraries: () => [],
	places: () => [],
	exhibits: (e) => [
		...one('museum', 'museums', e.museum),
		...told(e),
		...e.pieces.flatMap((piece, i) => [
			...one(`pieces.${i}.shows.artefact`, 'artefacts', artefactOf(piece)),
			...piece.hotspots.flatMap((hotspot, n) =>
				one(`pieces.${i}.hotspots.${n}.article`, 'articles', hotspot.article),
			),
		]),
	],
	tours: (t) => [
		...many('museums', 'museums', t.museums),
		...t.stops.flatMap((stop, i) => [
			...one(`stops.${i}.artefact`, 'artefacts', stop.artefact),
			...one(`stops.${i}.tradition`, 'traditions', stop.tradition),
			...one(`stops.${i}.museum`, 'museums', stop.museum),
			...one(`stops.${i}.exhibit`, 'exhibits', stop.exhibit),
			...one(`stops.${i}.story`, 'stories', stop.story),
		]),
	],
	articles: (a) => one('museum', 'museums', a.museum),
	stories: (s) => [
		...one('museum', 'museums', s.museum),
		...(s.subject.kind === 'artefact'
			? one('subject.artefact', 'artefacts', s.subject.artefact)
			: one('subject.exhibit', 'exhibits', s.subject.exhibit)),
	],
};

/** Every other record that `record` names. */
export function referencesOf<R extends Resource>(resource: R, record: RecordOf<R>): Reference[] {
	return RULES[resource](record);
}
