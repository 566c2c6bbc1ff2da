import { COLOUR_MAX } from '../colour.ts';
import type { Material, Mesh } from '../mesh/mesh.ts';
import { pickVertices } from '../mesh/pick-vertices.ts';

/**
 * The triangles of one material, with only the attributes that show. The arrays are the mesh's own where it
 * has but one material.
 */
export interface Primitive {
	material: number;
	mesh: Mesh;
}

/**
 * Splits a mesh into one primitive a material, in the order of materials. A triangle whose corners
 * have different materials (only the coarsest simplification makes some) follows its first corner.
 * Texture coordinates go where a material has no maps, colours where all are white.
 */
export function split(mesh: Mesh, materials: Material[]): Primitive[] {
	const parts = materials.map(() => 0);
	for (let t = 0; t < mesh.indices.length; t += 3) {
		const material = mesh.materialOf[mesh.indices[t] ?? 0] ?? 0;
		parts[material] = (parts[material] ?? 0) + 3;
	}
	const primitives: Primitive[] = [];
	const isAlone = materials.length === 1;
	const remap = new Uint32Array(isAlone ? 0 : mesh.materialOf.length);
	for (const [material, corners] of parts.entries()) {
		if (corners === 0) continue;
		const part = isAlone ? { ...mesh } : pick(mesh, material, corners, remap);
		const hasMaps = Object.keys(materials[material]?.maps ?? {}).length > 0;
		if (!hasMaps) part.uvs = undefined;
		if (part.colours?.every((value) => value === COLOUR_MAX)) part.colours = undefined;
		primitives.push({ material, mesh: part });
	}
	return primitives;
}

function pick(mesh: Mesh, material: number, corners: number, remap: Uint32Array): Mesh {
	remap.fill(0xffffffff);
	const indices = new Uint32Array(corners);
	const kept = new Uint32Array(Math.min(corners, mesh.materialOf.length));
	let vertices = 0;
	let at = 0;
	for (let t = 0; t < mesh.indices.length; t += 3) {
		if (mesh.materialOf[mesh.indices[t] ?? 0] !== material) continue;
		for (let k = 0; k < 3; k += 1) {
			const vertex = mesh.indices[t + k] ?? 0;
			if (remap[vertex] === 0xffffffff) {
				remap[vertex] = vertices;
				kept[vertices] = vertex;
				vertices += 1;
			}
			indices[at] = remap[vertex] ?? 0;
			at += 1;
		}
	}
	const part = pickVertices(mesh, kept.subarray(0, vertices), indices);
	// A corner of another material at a coarse border counts as one of this.
	return { ...part, materialOf: part.materialOf.fill(material) };
}
