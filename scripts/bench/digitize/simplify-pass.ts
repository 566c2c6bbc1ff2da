import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { memoryFile } from '../../digitize/intake/memory-file.ts';
import { buildTier } from '../../digitize/ladder/build-tier.ts';
import { TEXTURE_ROLES } from '../../digitize/mesh/mesh.ts';
import { simplify } from '../../digitize/mesh/simplify.ts';
import { weld } from '../../digitize/mesh/weld.ts';
import { readGltf } from '../../digitize/read/gltf/read-gltf.ts';

/** The side of textures that the peers are asked for too. */
export const TEXTURE_PX = 2048;

/** One pass as the peers make it, and as gltfpack opens files: read a GLB, weld, simplify, compress, write. */
export async function simplifyPass(from: string, to: string, triangles: number): Promise<void> {
	const scan = await readGltf(memoryFile(basename(from), readFileSync(from)), 'glb');
	const { mesh } = await simplify(weld(scan.mesh), triangles);
	const { glb } = await buildTier(mesh, scan.materials, scan.textures, {
		px: TEXTURE_PX,
		quality: 80,
		normalBits: 8,
		roles: TEXTURE_ROLES,
	});
	writeFileSync(to, glb);
}
