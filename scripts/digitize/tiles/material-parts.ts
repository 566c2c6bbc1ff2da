import type { Compactor, LocalTriangles } from './compactor.ts';
import type { SharedMesh } from './shared-mesh.ts';

/** The triangles of one material within a tile. */
export interface MaterialPart {
	material: number;
	part: LocalTriangles;
}

/** Parts a tile by material; a triangle whose corners have different ones follows its first corner. */
export function materialParts(
	{ materialOf }: SharedMesh,
	compactor: Compactor,
	indices: Uint32Array,
	materials: number,
): MaterialPart[] {
	if (materialOf === undefined) return [{ material: 0, part: compactor.compact([indices]) }];
	const lengths = new Uint32Array(materials);
	const materialAt = (t: number) => materialOf[indices[t] ?? 0] ?? 0;
	for (let t = 0; t < indices.length; t += 3) {
		const material = materialAt(t);
		lengths[material] = (lengths[material] ?? 0) + 3;
	}
	const lists = Array.from(lengths, (length) => new Uint32Array(length));
	lengths.fill(0);
	for (let t = 0; t < indices.length; t += 3) {
		const material = materialAt(t);
		const at = lengths[material] ?? 0;
		lists[material]?.set(indices.subarray(t, t + 3), at);
		lengths[material] = at + 3;
	}
	return [...lists.entries()]
		.filter(([, list]) => list.length > 0)
		.map(([material, list]) => ({ material, part: compactor.compact([list]) }));
}
