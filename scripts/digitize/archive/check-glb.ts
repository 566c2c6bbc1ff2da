import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { memoryFile } from '../intake/memory-file.ts';
import { openGlb } from '../read/gltf/gltf-container.ts';
import { readGltf } from '../read/gltf/read-gltf.ts';
import { RefusalError } from '../refusal-error.ts';

/** Files whose images or geometry our reader does not take: only their container is opened. */
const CONTAINER_ONLY = /\.ktx2\.glb$/;

/** What is wrong with a GLB: it must decode whole, to as many triangles as are stated. */
export async function checkGlb(
	path: string,
	triangles: number | undefined,
): Promise<{ code: 'glb-invalid' | 'triangles-wrong'; message: string } | undefined> {
	const file = memoryFile(basename(path), await readFile(path));
	try {
		if (CONTAINER_ONLY.test(path) || triangles === 0) {
			openGlb(file);
			return undefined;
		}
		const { mesh } = await readGltf(file, 'glb');
		const found = mesh.indices.length / 3;
		if (triangles === undefined || found === triangles) return undefined;
		return { code: 'triangles-wrong', message: `has ${found} triangles, not ${triangles}` };
	} catch (error) {
		if (!(error instanceof RefusalError)) throw error;
		return { code: 'glb-invalid', message: 'does not decode' };
	}
}
