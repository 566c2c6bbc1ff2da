import { and, inArray, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '../database/database.ts';
import { assetFile, assetFolder, type FolderFiles } from '../database/schema/assets.ts';
import { contentTypeOf } from './content-types.ts';
import { refuseTakenDown } from './taken-down.ts';

/** A statement takes 65,535 values at most, a row has eight. */
const ROWS_AT_ONCE = 1000;
/** The archival package: it holds the original, so nobody but us may read it. */
const PACKAGE = 'bag';
/** Files of second passes that stand alone, below their hash: none takes the place of one of the first. */
const REFINED = 'refined';

/** A file of an asset that is in the store, by its name as the pipeline gave it. */
export interface MadeFile {
	name: string;
	sha256: string;
	bytes: number;
	isPublic: boolean;
	/** The same bytes compressed with brotli, where that pays. */
	brotliSha256?: string;
	brotliBytes?: number;
}

/** What making addresses takes: the asset, and the hashes of its files that stand alone by their names. */
export interface AddressedFiles {
	asset: string;
	hashes: ReadonlyMap<string, string>;
}

/** The name of a file that a second pass wrote anew; the first one's keeps its own. */
export function refinedName(name: string, sha256: string): string {
	return `${REFINED}/${sha256}/${name}`;
}

/** Whether anyone may ever have a file, seen from its name alone. */
export function isPublicName(name: string): boolean {
	return !name.startsWith(`${PACKAGE}/`);
}

/** Folder and path below it of a file that lies in one; undefined for one that stands alone. */
export function placeInFolder(name: string): { folder: string; path: string } | undefined {
	const at = name.indexOf('/');
	const folder = name.slice(0, Math.max(at, 0));
	if (folder === '' || folder === REFINED) return undefined;
	return { folder, path: name.slice(at + 1) };
}

/** The files by folder; those that stand alone under `undefined`. */
function byFolder(files: readonly MadeFile[]): Map<string | undefined, MadeFile[]> {
	return Map.groupBy(files, ({ name }) => placeInFolder(name)?.folder);
}

function indexOf(files: readonly MadeFile[]): FolderFiles {
	return Object.fromEntries(
		files.map(({ name, sha256, bytes, brotliSha256, brotliBytes }) => [
			placeInFolder(name)?.path ?? name,
			brotliSha256 === undefined || brotliBytes === undefined
				? [sha256, bytes]
				: [sha256, bytes, brotliSha256, brotliBytes],
		]),
	);
}

/**
 * Adds the rows of stored files to an asset: one a file that stands alone, one a folder, which gains
 * files if it is there. What is there stays as it is.
 * Throws TakenDownError where one of them may not be stored.
 */
export async function insertFiles(
	tx: Transaction,
	asset: string,
	files: readonly MadeFile[],
): Promise<void> {
	await refuseTakenDown(
		tx,
		files.flatMap(({ sha256, brotliSha256 }) => [sha256, ...(brotliSha256 ? [brotliSha256] : [])]),
	);
	for (const [name, members] of byFolder(files)) {
		if (name === undefined) await insertAlone(tx, asset, members);
		else {
			const isPublic = members.every((file) => file.isPublic);
			await tx
				.insert(assetFolder)
				.values({ asset, name, isPublic, files: indexOf(members) })
				.onConflictDoUpdate({
					target: [assetFolder.asset, assetFolder.name],
					set: { files: sql`excluded.files || ${assetFolder.files}` },
				});
		}
	}
}

async function insertAlone(tx: Transaction, asset: string, files: readonly MadeFile[]) {
	for (let at = 0; at < files.length; at += ROWS_AT_ONCE) {
		const rows = files.slice(at, at + ROWS_AT_ONCE).map((file) => ({
			asset,
			...file,
			contentType: contentTypeOf(file.name),
		}));
		await tx.insert(assetFile).values(rows).onConflictDoNothing();
	}
}

/** What addresses of the files of some assets are made of, by asset; one query. */
export async function filesOfAssets(
	db: Queryable,
	assets: readonly string[],
): Promise<Map<string, AddressedFiles>> {
	const files = new Map(assets.map((asset) => [asset, new Map<string, string>()]));
	if (assets.length > 0) {
		const rows = await db
			.select({ asset: assetFile.asset, name: assetFile.name, sha256: assetFile.sha256 })
			.from(assetFile)
			.where(and(inArray(assetFile.asset, [...files.keys()]), assetFile.isPublic));
		for (const { asset, name, sha256 } of rows) files.get(asset)?.set(name, sha256);
	}
	return new Map([...files].map(([asset, hashes]) => [asset, { asset, hashes }]));
}
