import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { memoryFile } from '../../digitize/intake/memory-file.ts';
import { flatten } from '../../digitize/mesh/flatten.ts';
import { readGltf } from '../../digitize/read/gltf/read-gltf.ts';
import { denseBall, denseScan } from '../digitize/dense-scan.ts';
import { writeScan } from '../digitize/write-scan.ts';

/** Cuts an edge of the dense scan: 100,000 triangles become 1.6 million. */
const CUTS = 4;
const DENSE_TRIANGLES = 1_600_000;
const FAVOURITE = 'whale_cranium.glb';
const SAMPLE = 'glazed-ridge-beast.glb';

export const SCAN_NAMES = ['textured', 'dense'] as const;
export type ScanName = (typeof SCAN_NAMES)[number];

/** A scan as a museum has it, before any pipeline. */
export interface BenchScan {
	name: ScanName;
	/** What it is, for the head of a table. */
	title: string;
	/** A GLB. */
	path: string;
	triangles: number;
}

/**
 * Puts scans into `folder`: a textured one of `scansDir`, and a dense one made of it unless it lies
 * there from before. Without `scansDir` a sample model of `sourcesDir` stands in, and a painted ball;
 * their titles say so.
 */
export async function makeScans(
	folder: string,
	scansDir: string,
	sourcesDir: string,
): Promise<Record<ScanName, BenchScan>> {
	await mkdir(folder, { recursive: true });
	const real = await realScan(scansDir);
	const path = real ?? join(sourcesDir, SAMPLE);
	const name = basename(path);
	const dense = join(folder, `dense-${real === undefined ? 'ball' : parse(path).name}.glb`);
	if (!existsSync(dense)) {
		const mesh =
			real === undefined ? denseBall(DENSE_TRIANGLES) : await denseScan(await readFile(real), CUTS);
		await writeFile(dense, writeScan(mesh));
	}
	if (real !== undefined) {
		return {
			textured: await scanOf('textured', name, path),
			dense: await scanOf('dense', `${name} cut finer`, dense),
		};
	}
	const why = `there is no scan in ${scansDir}`;
	const sample = join(folder, name);
	await writeFile(sample, await plainly(path));
	return {
		textured: await scanOf('textured', `the sample ${name} of assets/sources (${why})`, sample),
		dense: await scanOf('dense', `a painted ball (${why})`, dense),
	};
}

/** Samples lie compressed, as no scanner writes them and no viewer shows them without more scripts. */
async function plainly(path: string): Promise<Buffer> {
	const file = memoryFile(basename(path), await readFile(path));
	const { mesh, materials, textures } = await readGltf(file, 'glb');
	return writeScan((await flatten(mesh, materials, textures)).mesh);
}

async function realScan(scansDir: string): Promise<string | undefined> {
	const names = existsSync(scansDir) ? await readdir(scansDir) : [];
	const models = names.filter((name) => name.endsWith('.glb')).sort();
	const name = models.find((model) => model === FAVOURITE) ?? models[0];
	return name === undefined ? undefined : join(scansDir, name);
}

async function scanOf(name: ScanName, title: string, path: string): Promise<BenchScan> {
	const { mesh } = await readGltf(memoryFile(`${name}.glb`, await readFile(path)), 'glb');
	return { name, title, path, triangles: mesh.indices.length / 3 };
}
