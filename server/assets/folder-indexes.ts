import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../database/database.ts';
import { assetFolder, type FolderFiles } from '../database/schema/assets.ts';

/** Files that are remembered at most, over all folders; each takes about 300 bytes. */
const FILES_MAX = 100_000;

/** One folder as it was at one time. */
interface Index {
	version: string;
	files: Promise<ReadonlyMap<string, FolderFiles[string]>>;
	/** Known once it is read. */
	count: number;
}

/** Changes whenever a folder's row does; costs nothing to read. */
export const folderVersion = sql<string>`${assetFolder}.xmin::text`;

/**
 * Indexes of folders that were asked for lately, so that one tile costs the look at one short row and
 * not the reading of thousands of entries. `version` (see `folderVersion`) says which state of the
 * folder is meant; an older one is read again. The least recently used go first.
 */
export class FolderIndexes {
	readonly #filesMax: number;
	/** In the order of use, the latest last. */
	readonly #kept = new Map<string, Index>();
	#count = 0;

	constructor(filesMax = FILES_MAX) {
		this.#filesMax = filesMax;
	}

	/** One file of a folder that is there in this version, or undefined. */
	async find(
		db: Queryable,
		{ asset, folder, version }: { asset: string; folder: string; version: string },
		path: string,
	): Promise<FolderFiles[string] | undefined> {
		const key = `${asset}/${folder}`;
		let index = this.#kept.get(key);
		this.#kept.delete(key);
		if (index?.version !== version) {
			this.#count -= index?.count ?? 0;
			index = { version, files: readFolder(db, asset, folder), count: 0 };
		}
		this.#kept.set(key, index);
		try {
			const files = await index.files;
			this.#weigh(key, index, files.size);
			return files.get(path);
		} catch (error) {
			if (this.#kept.get(key) === index) this.#kept.delete(key);
			throw error;
		}
	}

	#weigh(key: string, index: Index, count: number): void {
		if (this.#kept.get(key) !== index) return;
		this.#count += count - index.count;
		index.count = count;
		for (const [oldest, { count: dropped }] of this.#kept) {
			if (this.#count <= this.#filesMax) return;
			this.#kept.delete(oldest);
			this.#count -= dropped;
		}
	}
}

async function readFolder(db: Queryable, asset: string, folder: string) {
	const [row] = await db
		.select({ files: assetFolder.files })
		.from(assetFolder)
		.where(and(eq(assetFolder.asset, asset), eq(assetFolder.name, folder)));
	return new Map(Object.entries(row?.files ?? {}));
}
