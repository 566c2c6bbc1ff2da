import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How many files lie in a folder and below it, and their bytes. */
export async function folderSize(dir: string): Promise<{ count: number; bytes: number }> {
	const entries = await readdir(dir, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	let bytes = 0;
	for (const file of files) bytes += (await stat(join(file.parentPath, file.name))).size;
	return { count: files.length, bytes };
}
