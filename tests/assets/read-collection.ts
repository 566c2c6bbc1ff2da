import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Artefact } from '#schema/artefact/artefact-shape';
import { type CollectionScan, collectionScans } from '#schema/asset/collection-scan';
import { RECORD_SCHEMAS, type RecordOf } from '#schema/record/record';
import { RESOURCES, type Resource } from '#schema/record/resources';

const ASSETS = resolve(import.meta.dirname, '../../assets');
const FOLDER = join(ASSETS, 'collection');

/** One thing wrong with the collection, as a sentence that says where. */
export type Fault = string;

export function collectionFiles(): string[] {
	return readdirSync(FOLDER).filter((name) => !name.startsWith('.'));
}

function rawFile(name: string): unknown {
	return JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
}

/** What the schemas refuse in one file of the collection; an unknown file is refused as a whole. */
export function faultsOf(name: string): Fault[] {
	const stem = name.replace(/\.json$/, '');
	if (stem === 'scans') {
		return issuesOf(name, collectionScans.safeParse(rawFile(name)).error?.issues ?? []);
	}
	const resource = RESOURCES.find((known) => known === stem);
	if (!resource) return [`${name}: no schema knows this file`];
	const schema = RECORD_SCHEMAS[resource].array();
	return issuesOf(name, schema.safeParse(rawFile(name)).error?.issues ?? []);
}

function issuesOf(
	name: string,
	issues: readonly { path: PropertyKey[]; message: string }[],
): Fault[] {
	return issues.map((issue) => `${name} ${issue.path.join('.')}: ${issue.message}`);
}

/** The records of one resource, parsed, with the schema's defaults filled in. */
export function records<R extends Resource>(resource: R): RecordOf<R>[] {
	return RECORD_SCHEMAS[resource].array().parse(rawFile(`${resource}.json`)) as RecordOf<R>[];
}

export function scans(): CollectionScan[] {
	return collectionScans.parse(rawFile('scans.json'));
}

export function sourceModelPath(file: string): string {
	return join(ASSETS, 'sources', file);
}

export function sourceModelExists(file: string): boolean {
	return existsSync(sourceModelPath(file));
}

/** Ids that occur more than once. */
export function repeated(ids: readonly string[]): string[] {
	return ids.filter((id, i) => ids.indexOf(id) !== i);
}

/** What a sample states that only a holding may: shown by its registration, not by its words. */
export function falseClaims(artefact: Artefact): string[] {
	const claims = ['registrationNumber', 'grade', 'accessioned'] as const;
	return claims.filter((claim) => artefact.registration[claim] !== undefined);
}
