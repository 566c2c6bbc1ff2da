import { ARTEFACT_UPGRADES } from '../artefact/upgrade.ts';
import { ARTICLE_UPGRADES } from '../article/upgrade.ts';
import { EXHIBIT_UPGRADES } from '../exhibit/upgrade.ts';
import { LIBRARY_UPGRADES } from '../library/upgrade.ts';
import { MUSEUM_UPGRADES } from '../museum/upgrade.ts';
import { PLACE_UPGRADES } from '../place/upgrade.ts';
import { STORY_UPGRADES } from '../story/upgrade.ts';
import { TOUR_UPGRADES } from '../tour/upgrade.ts';
import { TRADITION_UPGRADES } from '../tradition/upgrade.ts';
import type { StoredDocument, UpgradeStep } from '../value/stored-document.ts';
import { FORMATS, formatNumber } from './document-format.ts';
import { RECORD_SCHEMAS, type RecordOf } from './record.ts';
import type { Resource } from './resources.ts';

/** The chain of each resource: its first step takes format 1 to 2. */
const UPGRADES: Record<Resource, readonly UpgradeStep[]> = {
	museums: MUSEUM_UPGRADES,
	artefacts: ARTEFACT_UPGRADES,
	traditions: TRADITION_UPGRADES,
	libraries: LIBRARY_UPGRADES,
	places: PLACE_UPGRADES,
	exhibits: EXHIBIT_UPGRADES,
	tours: TOUR_UPGRADES,
	articles: ARTICLE_UPGRADES,
	stories: STORY_UPGRADES,
};

/**
 * A stored document in the format of now. One that already has it is returned as it is, unparsed: it
 * was checked when it was written, and lists read thousands. An older one goes through the missing
 * steps and is checked; the input is never touched, and nothing stored is rewritten.
 * Throws NewerFormatError, and an Error for a format of something else.
 */
export function upgradeDocument<R extends Resource>(
	resource: R,
	stored: StoredDocument,
): RecordOf<R> {
	if (stored.format === FORMATS[resource]) return stored as unknown as RecordOf<R>;
	const missing = UPGRADES[resource].slice(formatNumber(resource, stored) - 1);
	const upgraded = missing.reduce((document, step) => step(document), stored);
	return RECORD_SCHEMAS[resource].parse(upgraded) as RecordOf<R>;
}
