import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { memoryFile } from '../intake/memory-file.ts';
import type { Material, Mesh, SourceTexture } from '../mesh/mesh.ts';
import { readGltf } from '../read/gltf/read-gltf.ts';

/** A written tier decoded again: what posters, turntables and packages are made from. */
export interface TierContent {
	/** In the exhibit's frame: metres, +Y up, standing on y = 0 over the origin. */
	mesh: Mesh;
	materials: Material[];
	textures: SourceTexture[];
}

/**
 * Decodes a tier's file as our own reader understands it, so that what is derived from it depends on
 * the ladder's files alone. About 0.2 CPU-seconds for 150,000 triangles.
 */
export async function readTier(path: string): Promise<TierContent> {
	const bytes = await readFile(path);
	const { mesh, materials, textures } = await readGltf(memoryFile(basename(path), bytes), 'glb');
	return { mesh, materials, textures };
}
