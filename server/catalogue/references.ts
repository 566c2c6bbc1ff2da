import type { RecordOf, Resource } from '#schema/record/record';

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

const RULES: { [R in Resource]: (record: RecordOf<R>) => Reference[] } = {
	museums: (m) => [
		...one('place', 'places', m.place),
		...one('signatureArtefact', 'artefacts', m.signatureArtefact),
	],
	artefacts: (a) => [
		...one('museum', 'museums', a.museum),
		...one('registration.holder', 'museums', a.registration.holder),
		...many('libraries', 'libraries', a.libraries),
		...many('traditions', 'traditions', a.traditions),
		...one('place', 'places', a.place),
	],
	traditions: (t) => [
		...many('places', 'places', t.places),
		...many('museums', 'museums', t.museums),
		...many('artefacts', 'artefacts', t.artefacts),
		...many('libraries', 'libraries', t.libraries),
	],
	libraries: () => [],
	places: () => [],
	exhibits: (e) => [
		...one('museum', 'museums', e.museum),
		...e.pieces.map((piece, i) => ({
			path: `pieces.${i}.artefact`,
			resource: 'artefacts' as const,
			id: piece.artefact,
		})),
	],
	tours: (t) => [
		...many('museums', 'museums', t.museums),
		...t.stops.flatMap((stop, i) => [
			...one(`stops.${i}.artefact`, 'artefacts', stop.artefact),
			...one(`stops.${i}.tradition`, 'traditions', stop.tradition),
			...one(`stops.${i}.museum`, 'museums', stop.museum),
		]),
	],
};

/** Every other record that `record` names. */
export function referencesOf<R extends Resource>(resource: R, record: RecordOf<R>): Reference[] {
	return RULES[resource](record);
}
