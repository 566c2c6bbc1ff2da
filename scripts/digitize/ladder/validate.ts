import { validateBytes } from 'gltf-validator';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { writeGlb } from '../glb/glb.ts';
import { memoryFile } from '../intake/memory-file.ts';
import { boundsOf } from '../mesh/inspect.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { readGltf } from '../read/gltf/read-gltf.ts';
import type { BuiltTier } from './build-tier.ts';

/**
 * Proves a tier's file: the Khronos validator finds no error in it, nor in the same content written
 * without compression (it cannot see through meshopt); and what our own reader decodes from it has
 * the triangles and the bounds that went in. Gives that surface, as a browser will see it. A failure is
 * our fault, so it throws a plain error.
 */
export async function validate(tier: string, built: BuiltTier): Promise<Mesh> {
	await MeshoptDecoder.ready;
	await assertValid(tier, writeGlb(built.content, false));
	await assertValid(tier, built.glb);
	const bytes = Buffer.from(built.glb.buffer, built.glb.byteOffset, built.glb.byteLength);
	const name = `${tier}.glb`;
	const { mesh } = await readGltf(memoryFile(name, bytes), 'glb');
	if (mesh.indices.length / 3 !== built.triangles) {
		throw new Error(
			`validate: ${tier} decodes to another number of triangles — a bug in the writer`,
		);
	}
	const { min, max } = boundsOf(mesh.positions);
	const { origin, stepM } = built.content.lattice;
	for (let k = 0; k < 3; k += 1) {
		const cells = built.content.primitives.flatMap((p) => p.streams[0]?.max?.[k] ?? 0);
		const top = (origin[k] ?? 0) + Math.max(...cells) * stepM;
		const isInside = (min[k] ?? 0) >= (origin[k] ?? 0) - stepM && (max[k] ?? 0) <= top + stepM;
		if (!isInside)
			throw new Error(`validate: ${tier} decodes to other bounds — a bug in the writer`);
	}
	return mesh;
}

async function assertValid(tier: string, glb: Uint8Array): Promise<void> {
	const options = { format: 'glb', writeTimestamp: false, maxIssues: 20 } as const;
	const { issues } = await validateBytes(glb, options);
	if (issues.numErrors === 0) return;
	const first = issues.messages.find((m) => m.severity === 0);
	throw new Error(
		`validate: ${tier} is no valid glTF (${first?.code}: ${first?.message} at ${first?.pointer}) — a bug in the writer`,
	);
}
