import { sql } from 'drizzle-orm';
import type { Queryable } from '../database/database.ts';
import { folderHashes } from './find-file.ts';

/**
 * Which of these objects some row names: as an original, as a derivative, or in the index of a folder.
 * Every table that names objects is asked here; one that is not loses its objects to the sweep.
 */
export async function namedObjects(db: Queryable, hashes: readonly string[]): Promise<Set<string>> {
	const { rows } = await db.execute<{ hash: string }>(sql`
		select hash from unnest(${sql.param(hashes)}::text[]) hash
		where exists (select 1 from asset where scan_sha256 = hash)
			or exists (select 1 from asset_file where sha256 = hash)
			or exists (select 1 from asset_file where brotli_sha256 = hash)
			or exists (select 1 from asset_folder where ${folderHashes} @> to_jsonb(array[hash]))`);
	return new Set(rows.map((row) => row.hash));
}
