import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import { isSpatial } from '#schema/asset/asset-manifest';
import { entranceRoom } from '#schema/exhibit/entrance-room';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { artefactOf, type Piece } from '#schema/exhibit/piece';
import type { FirstAnswer } from '#schema/record/first-record';
import type { LocalizedText } from '#schema/value/text';
import type { Queryable } from '../database/database.ts';
import { readRecord } from './published-records.ts';
import { readRecords, readSummaries } from './read-records.ts';

/** The resources whose pages have a stage. */
export type StagedResource = 'artefacts' | 'exhibits';

/** What the page of one record shows first. */
export interface FirstRecord {
	name: LocalizedText;
	summary: LocalizedText | undefined;
	/** Whether something stands in 3D on its page. */
	hasStage: boolean;
	/** Where the first look of the first model is found; undefined while there is none. */
	model: string | undefined;
	/** The picture in the place of an artefact's model until then. */
	poster: string | undefined;
	/** The record itself, and what its page would ask for next. */
	answers: FirstAnswer[];
}

function modelOf({ asset }: ArtefactWithAsset): string | undefined {
	const manifest = asset?.status === 'ready' ? asset.manifest : null;
	return manifest && isSpatial(manifest) ? manifest.tiers[0]?.file : undefined;
}

async function firstOfArtefact(db: Queryable, id: string): Promise<FirstRecord> {
	const artefact = await readRecord(db, 'artefacts', id);
	const { name, summary, asset, museum, registration, traditions, libraries } = artefact;
	const [museums, ofTraditions, ofLibraries] = await Promise.all([
		readRecords(db, 'museums', [museum, registration.holder]),
		readSummaries(db, 'traditions', traditions),
		readSummaries(db, 'libraries', libraries),
	]);
	const model = modelOf(artefact);
	return {
		...{ name, summary, model, hasStage: model !== undefined },
		poster: asset?.manifest?.poster.file,
		answers: [
			{ resource: 'artefacts', kind: 'records', items: [artefact] },
			{ resource: 'museums', kind: 'records', items: museums },
			{ resource: 'traditions', kind: 'summaries', items: ofTraditions },
			{ resource: 'libraries', kind: 'summaries', items: ofLibraries },
		],
	};
}

/** The model that stands nearest to where a visitor enters. */
function nearestModel(exhibit: Exhibit, artefacts: readonly ArtefactWithAsset[]) {
	const [x, , z] = exhibit.entrance.positionM;
	const awayM = ({ positionM }: Piece): number => Math.hypot(positionM[0] - x, positionM[2] - z);
	const byDistance = entranceRoom(exhibit).pieces.toSorted((a, b) => awayM(a) - awayM(b));
	return byDistance
		.flatMap((piece) => artefacts.find(({ id }) => id === artefactOf(piece)) ?? [])
		.flatMap((artefact) => modelOf(artefact) ?? [])
		.at(0);
}

async function firstOfExhibit(db: Queryable, id: string): Promise<FirstRecord> {
	const exhibit = await readRecord(db, 'exhibits', id);
	const shown = exhibit.pieces.flatMap((piece) => artefactOf(piece) ?? []);
	const [museums, artefacts] = await Promise.all([
		readRecords(db, 'museums', [exhibit.museum]),
		readRecords(db, 'artefacts', shown),
	]);
	const { name, summary } = exhibit;
	return {
		...{ name, summary, hasStage: true, poster: undefined },
		model: nearestModel(exhibit, artefacts),
		answers: [
			{ resource: 'exhibits', kind: 'records', items: [exhibit] },
			{ resource: 'museums', kind: 'records', items: museums },
			{ resource: 'artefacts', kind: 'records', items: artefacts },
		],
	};
}

/**
 * What the page of a published record shows first, as every reader gets it. Throws NotFoundError and
 * NewerFormatError.
 */
export function readFirstRecord(
	db: Queryable,
	resource: StagedResource,
	id: string,
): Promise<FirstRecord> {
	return resource === 'artefacts' ? firstOfArtefact(db, id) : firstOfExhibit(db, id);
}
