import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { memoryFile } from '../intake/memory-file.ts';
import type { Material, Mesh, SourceTexture } from '../mesh/mesh.ts';
import { readGltf } from '../read/gltf/read-gltf.ts';

/** A piece as one of its written tiers holds it, in the exhibit's frame. */
export interface TierSubject {
	mesh: Mesh;
	materials: Material[];
	textures: SourceTexture[];
}

/**
 * Decodes a written tier again. What is made from it depends on that file's bytes alone, and shows
 * what visitors will see.
 */
export async function readTierSubject(path: string): Promise<TierSubject> {
	const { mesh, materials, textures } = await readGltf(
		memoryFile(basename(path), await readFile(path)),
		'glb',
	);
	return { mesh, materials, textures };
}
