import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type CollectionScan, collectionScans } from '#schema/asset/collection-scan';
import type { Scan } from '#schema/asset/scan';
import { RECORD_SCHEMAS } from '#schema/record/record';
import { RESOURCES, type Resource } from '#schema/record/resources';
import { attachScan, type Enqueue } from '../assets/scan-assets.ts';
import { whileStoring } from '../assets/while-storing.ts';
import type { Database } from '../database/database.ts';
import { InvalidError } from '../errors.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { type Publication, publishRecords } from './publish-records.ts';

/** Author of what the import publishes. What anyone else published it leaves alone. */
const AUTHOR = 'collection';

export interface ImportParts {
	db: Database;
	store: ObjectStore;
	jobs: { enqueue: Enqueue };
	logger: Logger;
}

async function readList<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return schema.parse([]);
		throw error;
	}
	const parsed = schema.safeParse(JSON.parse(text));
	if (parsed.success) return parsed.data;
	throw new InvalidError(
		`import: ${path} is not what the contract asks for — ${z.prettifyError(parsed.error)}`,
	);
}

/** The records of `assets/collection`, light in the order of their files. */
async function readPublications(dir: string): Promise<Publication[]> {
	const batch: Publication[] = [];
	for (const resource of RESOURCES) {
		const schema: z.ZodType<Publication['document']> = RECORD_SCHEMAS[resource as Resource];
		const records = await readList(join(dir, `${resource}.json`), z.array(schema));
		records.forEach((document, weight) => {
			batch.push({ resource, document, weight });
		});
	}
	return batch;
}

/** Puts one source model into the store and gives its artefact the asset made of it. */
async function importScan(parts: ImportParts, path: string, line: CollectionScan) {
	const { size } = await stat(path);
	return await whileStoring(parts, async (orm) => {
		const { sha256 } = await parts.store.put(createReadStream(path));
		const { file, ...rest } = line;
		const scan: Scan = { ...rest, name: file, bytes: size, sha256 };
		return await orm.transaction((tx) => attachScan(tx, scan, parts.jobs.enqueue));
	});
}

async function importScans(parts: ImportParts, assetsDir: string): Promise<number> {
	let queued = 0;
	for (const line of await readList(join(assetsDir, 'collection/scans.json'), collectionScans)) {
		const path = join(assetsDir, 'sources', line.file);
		if (!existsSync(path)) {
			// The piece stands without a model; every other one still gets its own.
			parts.logger.warn({ file: line.file }, 'import: a source model is missing');
		} else if (await importScan(parts, path, line)) queued += 1;
	}
	return queued;
}

/**
 * Brings the demo cluster into the catalogue: records of `collection/*.json`, source models of
 * `sources`, one digitisation job for each model that was not digitised before. Records come in one
 * transaction, each model in another behind its durable original: stopped anywhere, the next run
 * finishes, and a run that finds everything done changes nothing.
 * Throws InvalidError when a file breaks the contract.
 */
export async function importCollection(
	parts: ImportParts,
	assetsDir: string,
): Promise<{ changed: number; queued: number }> {
	const batch = await readPublications(join(assetsDir, 'collection'));
	const changed = await parts.db.orm.transaction((tx) =>
		publishRecords(tx, batch, { author: AUTHOR, note: 'assets/collection', isYielding: true }),
	);
	const queued = await importScans(parts, assetsDir);
	parts.logger.info({ records: batch.length, changed, queued }, 'import: the collection is in');
	return { changed, queued };
}
