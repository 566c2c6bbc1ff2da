import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { SourceFile } from '../intake/source-file.ts';

/** A file that was handed in. */
export interface Original {
	path: string;
	/** Where it lies relative to the main file's folder, with `/`. */
	name: string;
}

const gltfUris = z.object({
	buffers: z.array(z.object({ uri: z.string().optional() })).default([]),
	images: z.array(z.object({ uri: z.string().optional() })).default([]),
});

/** What a scan is made of: its main file, and the files that it names and that are there. */
export async function originalsOf(source: SourceFile): Promise<Original[]> {
	const named = await namedBy(source);
	const originals = [{ path: source.path, name: source.name }];
	const known = new Set([source.name]);
	for (const name of named) {
		const path = await insideFolder(source.folder, name);
		if (path === undefined || known.has(name)) continue;
		known.add(name);
		originals.push({ path, name });
	}
	return originals;
}

async function namedBy(source: SourceFile): Promise<string[]> {
	if (source.extension === '.gltf') {
		const parsed = gltfUris.safeParse(JSON.parse(source.read().toString('utf8')));
		const { buffers, images } = parsed.data ?? { buffers: [], images: [] };
		return [...buffers, ...images].flatMap(({ uri }) =>
			uri === undefined || uri.startsWith('data:') ? [] : clean(decodeURIComponent(uri)),
		);
	}
	if (source.extension !== '.obj') return [];
	const libraries = await wordsAfter(source.path, /^\s*mtllib\s+(.+)$/);
	const textures: string[] = [];
	for (const library of libraries) {
		const path = await insideFolder(source.folder, library);
		if (path === undefined) continue;
		const lines = await wordsAfter(path, /^\s*(?:map_\w+|bump|norm|disp|decal|refl)\s+(.+)$/i);
		// Options may stand before the name, and names may hold spaces: only one of these exists.
		textures.push(...lines.flatMap((line) => [line, line.split(/\s+/).at(-1) ?? line]));
	}
	return [...libraries, ...textures].map(clean);
}

async function wordsAfter(path: string, pattern: RegExp): Promise<string[]> {
	const found: string[] = [];
	const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
	for await (const line of lines) {
		const match = pattern.exec(line)?.[1];
		if (match !== undefined) found.push(match.trim());
	}
	return found;
}

function clean(name: string): string {
	return name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

async function insideFolder(folder: string, name: string): Promise<string | undefined> {
	if (isAbsolute(name) || name.includes('\0') || name.split('/').includes('..')) return undefined;
	const root = await realpath(folder);
	const path = await realpath(join(root, name)).catch(() => undefined);
	if (path === undefined || relative(root, path).split(sep)[0] === '..') return undefined;
	const info = await stat(path);
	return info.isFile() ? path : undefined;
}
