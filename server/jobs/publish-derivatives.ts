import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type AssetManifest, assetManifest, isSpatial } from '#schema/asset-manifest';
import type { Database } from '../database/database.ts';
import { assetFile } from '../database/schema.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import { contentTypeOf } from './content-types.ts';
import { markReady } from './job-progress.ts';
import type { DigitizeTask } from './queue.ts';

const MANIFEST_NAME = 'manifest.json';
/** How the pipeline names the brotli form of a file. */
const BROTLI = '.br';

type FileRow = typeof assetFile.$inferInsert;

export interface Derivatives {
	db: Database;
	store: ObjectStore;
	task: DigitizeTask;
	/** Where the pipeline left them. */
	outDir: string;
	signal: AbortSignal;
}

/** Files under a folder, as slash-separated names relative to it, in a fixed order. */
async function filesIn(dir: string): Promise<string[]> {
	const entries = await readdir(dir, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.sort();
}

/** Stores one file, and beside it its brotli form where the pipeline made one. */
async function storeFile(
	{ store, task, outDir, signal }: Derivatives,
	name: string,
	hasBrotli: boolean,
): Promise<FileRow> {
	const put = (file: string) => store.put(createReadStream(join(outDir, file)), { signal });
	const { sha256, sizeBytes } = await put(name);
	const brotli = hasBrotli ? await put(name + BROTLI) : undefined;
	return {
		asset: task.asset,
		name,
		sha256,
		bytes: sizeBytes,
		contentType: contentTypeOf(name),
		isPublic: true,
		...(brotli ? { brotliSha256: brotli.sha256, brotliBytes: brotli.sizeBytes } : {}),
	};
}

/** Where the bytes of a derivative are served for ever. */
function addressOf(row: FileRow): string {
	return `/objects/sha256/${row.sha256}/${encodeURIComponent(basename(row.name))}`;
}

/** The manifest with every file reference made an address. */
function withAddresses(manifest: AssetManifest, rows: readonly FileRow[]): AssetManifest {
	const rowOf = (name: string): FileRow => {
		const row = rows.find((candidate) => candidate.name === name);
		if (row) return row;
		throw new Error(`publish: the manifest names ${name}, which the pipeline did not write`);
	};
	const common = {
		poster: { ...manifest.poster, file: addressOf(rowOf(manifest.poster.file)) },
		report: addressOf(rowOf(manifest.report)),
	};
	if (!isSpatial(manifest)) return { ...manifest, ...common };
	const tiers = manifest.tiers.map((tier) => {
		const row = rowOf(tier.file);
		const wireBytes = row.brotliBytes ?? row.bytes;
		if (row.sha256 !== tier.sha256 || wireBytes !== tier.brotliBytes) {
			throw new Error(`publish: ${tier.file} is not what the manifest says — run it again`);
		}
		return { ...tier, file: addressOf(row) };
	});
	return {
		...manifest,
		...common,
		tiers,
		...(manifest.ar ? { ar: { usdz: addressOf(rowOf(manifest.ar.usdz)) } } : {}),
		...(manifest.tiles
			? { tiles: { ...manifest.tiles, file: addressOf(rowOf(manifest.tiles.file)) } }
			: {}),
	};
}

/**
 * Takes over what the pipeline made: all files into the store, then in one transaction their rows,
 * the manifest and the word that the asset is ready. Doing it again changes nothing, and until the
 * transaction commits nobody sees any of it.
 */
export async function publishDerivatives(derivatives: Derivatives): Promise<void> {
	const { db, outDir, task, signal } = derivatives;
	const manifest = assetManifest.parse(
		JSON.parse(await readFile(join(outDir, MANIFEST_NAME), 'utf8')),
	);
	const rows: FileRow[] = [];
	const names = new Set(await filesIn(outDir));
	for (const name of names) {
		const isVariant = name.endsWith(BROTLI) && names.has(name.slice(0, -BROTLI.length));
		if (isVariant) continue;
		signal.throwIfAborted();
		rows.push(await storeFile(derivatives, name, names.has(name + BROTLI)));
	}
	const addressed = withAddresses(manifest, rows);
	await db.orm.transaction(async (tx) => {
		await tx.insert(assetFile).values(rows).onConflictDoNothing();
		await markReady(tx, task, addressed);
	});
}
