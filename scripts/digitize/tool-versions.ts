import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const packageJson = z.object({
	version: z.string(),
	dependencies: z.record(z.string(), z.string()),
});

/** The versions that shape the bytes of a derivative; all are pinned exactly in package.json. */
export async function toolVersions(): Promise<Record<string, string>> {
	const path = new URL('../../package.json', import.meta.url);
	const { version, dependencies } = packageJson.parse(JSON.parse(await readFile(path, 'utf8')));
	const names = ['@gltf-transform/core', 'draco3dgltf', 'ktx2-encoder', 'meshoptimizer', 'sharp'];
	const pinned = names.map((name) => [name, dependencies[name] ?? 'unknown']);
	return Object.fromEntries([['xishan', version], ...pinned]);
}
