import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What Vite notes of a build beside it (`build.manifest`), as far as it is needed here. */
const clientManifest = z.record(
	z.string(),
	z.object({
		file: z.string(),
		name: z.string().optional(),
		css: z.array(z.string()).default([]),
		imports: z.array(z.string()).default([]),
	}),
);

export type ClientManifest = z.infer<typeof clientManifest>;

/** What `index.html` names by itself. */
const ENTRY = 'index.html';

/** The manifest of a built client; empty where there is none that can be read. */
export async function readClientManifest(folder: string): Promise<ClientManifest> {
	try {
		const text = await readFile(join(folder, '.vite/manifest.json'), 'utf8');
		return clientManifest.parse(JSON.parse(text));
	} catch {
		return {};
	}
}

/** The key of a chunk in a manifest: by its source, or, where it has none of its own, by its name. */
export function findChunk(manifest: ClientManifest, name: string): string | undefined {
	if (Object.hasOwn(manifest, name)) return name;
	return Object.keys(manifest).find((key) => manifest[key]?.name === name);
}

function addClosure(manifest: ClientManifest, key: string, found: Set<string>): void {
	if (found.has(key)) return;
	found.add(key);
	for (const needed of manifest[key]?.imports ?? []) addClosure(manifest, needed, found);
}

/** Addresses of scripts and styles. */
export interface ChunkFiles {
	scripts: string[];
	styles: string[];
}

/** Addresses of chunks and of all they import, in the order named, without what `index.html` names by itself. */
export function chunkFiles(manifest: ClientManifest, names: readonly string[]): ChunkFiles {
	const known = new Set<string>();
	addClosure(manifest, ENTRY, known);
	const all = new Set(known);
	for (const name of names) {
		const key = findChunk(manifest, name);
		if (key !== undefined) addClosure(manifest, key, all);
	}
	const chunks = [...all].filter((key) => !known.has(key)).flatMap((key) => manifest[key] ?? []);
	return {
		scripts: chunks.map(({ file }) => `/${file}`),
		styles: [...new Set(chunks.flatMap(({ css }) => css))].map((file) => `/${file}`),
	};
}
