import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { assetFile, assetFolder, type FolderFiles } from '../database/schema/assets.ts';
import { placeInFolder } from './asset-files.ts';
import { contentTypeOf } from './content-types.ts';
import { FolderIndexes, folderVersion } from './folder-indexes.ts';
import { type Audience, audienceFor, isVisible, type MaySee, ownersOf } from './visible.ts';

/** What serving a file takes. */
export interface StoredFile {
	sha256: string;
	bytes: number;
	contentType: string;
	brotliSha256: string | null;
	brotliBytes: number | null;
}

/** A file, and to whom its asset is shown now. */
export interface FoundFile {
	file: StoredFile;
	audience: Audience;
}

/** As many assets as may hold the same bytes under the same name before the rest are not looked at. */
const SAME_BYTES_MAX = 20;

/** One memory of folders per database, however many apps serve it. */
const indexes = new WeakMap<Database, FolderIndexes>();

function indexesOf(db: Database): FolderIndexes {
	const known = indexes.get(db) ?? new FolderIndexes();
	indexes.set(db, known);
	return known;
}

const FILE = {
	sha256: assetFile.sha256,
	bytes: assetFile.bytes,
	contentType: assetFile.contentType,
	brotliSha256: assetFile.brotliSha256,
	brotliBytes: assetFile.brotliBytes,
};

/** The columns that say who sees a row's asset; owners only where somebody asks who is not everyone. */
function sight(table: typeof assetFile | typeof assetFolder, maySee?: MaySee) {
	const id = sql`${table}.asset`;
	const owners = maySee ? ownersOf(id) : sql<string[]>`array[]::text[]`;
	return { isVisible: isVisible(id), owners };
}

function fileOfFolder(path: string, entry: FolderFiles[string]): StoredFile {
	const [sha256, bytes, brotliSha256 = null, brotliBytes = null] = entry;
	return { sha256, bytes, contentType: contentTypeOf(path), brotliSha256, brotliBytes };
}

async function findAlone(db: Database, asset: string, name: string, maySee?: MaySee) {
	const [row] = await db.orm
		.select({ file: FILE, ...sight(assetFile, maySee) })
		.from(assetFile)
		.where(and(eq(assetFile.asset, asset), eq(assetFile.name, name), assetFile.isPublic));
	return row;
}

async function findInFolder(
	db: Database,
	asset: string,
	{ folder, path }: { folder: string; path: string },
	maySee?: MaySee,
) {
	const [row] = await db.orm
		.select({ version: folderVersion, ...sight(assetFolder, maySee) })
		.from(assetFolder)
		.where(and(eq(assetFolder.asset, asset), eq(assetFolder.name, folder), assetFolder.isPublic));
	if (row === undefined) return undefined;
	const at = { asset, folder, version: row.version };
	const entry = await indexesOf(db).find(db.orm, at, path);
	return entry && { ...row, file: fileOfFolder(path, entry) };
}

/**
 * A file of an asset by its name, if it is one that may be given out and the one who asks sees the
 * asset now. One query, whatever the folder holds: what lies in it is remembered.
 */
export async function findFile(
	db: Database,
	asset: string,
	name: string,
	maySee?: MaySee,
): Promise<FoundFile | undefined> {
	const place = placeInFolder(name);
	const row = place
		? await findInFolder(db, asset, place, maySee)
		: await findAlone(db, asset, name, maySee);
	const audience = row && (await audienceFor(row, maySee));
	return audience && { file: row.file, audience };
}

/** A folder that may hold an object: the index answers by the hash of what it holds. */
function holds(hash: string): SQL {
	return sql`${folderHashes} @> ${JSON.stringify([hash])}::jsonb`;
}

/** All hashes that a folder names; as the index `asset_folder_hashes` has it, to the letter. */
export const folderHashes = sql`jsonb_path_query_array(${assetFolder.files}, '$.*[0,2]')`;

/** Only small folders' worth of rows come here: addresses by hash are made for files that stand alone. */
async function findObjectInFolder(db: Database, hash: string, name: string, maySee?: MaySee) {
	const rows = await db.orm
		.select({
			asset: assetFolder.asset,
			folder: assetFolder.name,
			version: folderVersion,
			...sight(assetFolder, maySee),
			path: sql<string | null>`(select key from jsonb_each(${assetFolder.files})
				where value->>0 = ${hash} and regexp_replace(key, '^.*/', '') = ${name} limit 1)`,
		})
		.from(assetFolder)
		.where(and(holds(hash), assetFolder.isPublic))
		.limit(SAME_BYTES_MAX);
	for (const { path, ...row } of rows) {
		const audience = await audienceFor(row, maySee);
		const entry = path !== null && audience && (await indexesOf(db).find(db.orm, row, path));
		if (entry && path !== null && audience) return { file: fileOfFolder(path, entry), audience };
	}
	return undefined;
}

/**
 * A file by its hash and the last part of its name, if an asset has it among what may be given out and
 * the one who asks sees that asset now. The hash of an original opens nothing.
 */
export async function findObject(
	db: Database,
	hash: string,
	name: string,
	maySee?: MaySee,
): Promise<FoundFile | undefined> {
	const columns = sight(assetFile, maySee);
	const rows = await db.orm
		.select({ file: FILE, ...columns })
		.from(assetFile)
		.where(
			and(
				eq(assetFile.sha256, hash),
				assetFile.isPublic,
				sql`regexp_replace(${assetFile.name}, '^.*/', '') = ${name}`,
			),
		)
		.orderBy(sql`${columns.isVisible} desc`)
		.limit(SAME_BYTES_MAX);
	for (const row of rows) {
		const audience = await audienceFor(row, maySee);
		if (audience) return { file: row.file, audience };
	}
	return await findObjectInFolder(db, hash, name, maySee);
}

/** A file of an asset by its name for who holds a signed address of it, whoever else sees it. */
export async function findSignedFile(
	db: Database,
	asset: string,
	name: string,
): Promise<StoredFile | undefined> {
	return (await findFile(db, asset, name, () => true))?.file;
}
