import { COLOUR_MAX, toUnorm16 } from '../colour.ts';
import { areaOf } from './inspect.ts';
import type { Material, Mesh } from './mesh.ts';
import { pickVertices } from './pick-vertices.ts';
import { renumbered, weldExceptColour, weldPositions } from './weld.ts';

export interface Painted {
	mesh: Mesh;
	materials: Material[];
}

/** Blend when the borders between materials would take this share of a tier's vertices. */
const BORDER_SHARE = 0.1;

/**
 * Lets materials without maps run into each other for a coarse tier: lichen speckled over stone has
 * more border than such a tier has vertices, and simplifying along all of it would tear the surface.
 * Their base colours go into the vertices, their roughness and metalness become the mean by area.
 * Materials with maps, and borders short enough to keep, stay. Nothing given is changed.
 */
export function blendMaterials(painted: Painted, triangles: number): Painted {
	const { mesh, materials } = painted;
	const kinds = materials.map(kindOf);
	const shared = kinds.map((kind, i) => (kind === undefined ? i : kinds.indexOf(kind)));
	const labels = Uint32Array.from(mesh.materialOf, (material) => shared[material] ?? material);
	if (borderVertices(mesh, labels) <= triangles * BORDER_SHARE) return painted;
	const colours = paintedColours(mesh, materials, kinds);
	const joined = { ...mesh, colours, materialOf: Uint16Array.from(labels) };
	const { remap, first, unique } = weldExceptColour(joined, labels);
	const welded = pickVertices(joined, first, renumbered(mesh.indices, remap));
	welded.colours = meanColours(colours, remap, unique);
	return { mesh: welded, materials: meanMaterials(mesh, materials, shared, kinds) };
}

/** Materials of one kind may run into each other; undefined for one that has maps. */
function kindOf({ maps, alphaMode, doubleSided, emissive }: Material): string | undefined {
	if (Object.keys(maps).length > 0) return undefined;
	return JSON.stringify([alphaMode, doubleSided, emissive]);
}

/** Vertices at places where materials meet that could be one. */
function borderVertices(mesh: Mesh, labels: Uint32Array): number {
	const { remap, first } = weldPositions(mesh.positions);
	let count = 0;
	for (let i = 0; i < remap.length; i += 1) {
		const other = first[remap[i] ?? 0] ?? 0;
		if (labels[other] === labels[i] && mesh.materialOf[other] !== mesh.materialOf[i]) count += 1;
	}
	return count;
}

function paintedColours(
	mesh: Mesh,
	materials: Material[],
	kinds: (string | undefined)[],
): Uint16Array {
	const colours =
		mesh.colours?.slice() ?? new Uint16Array(mesh.materialOf.length * 4).fill(COLOUR_MAX);
	for (const [i, number] of mesh.materialOf.entries()) {
		const material = materials[number];
		if (material === undefined || kinds[number] === undefined) continue;
		for (let k = 0; k < 3; k += 1) {
			const share = (colours[i * 4 + k] ?? 0) / COLOUR_MAX;
			colours[i * 4 + k] = toUnorm16(share * (material.baseColor[k] ?? 1));
		}
	}
	return colours;
}

function meanColours(colours: Uint16Array, remap: Uint32Array, unique: number): Uint16Array {
	const sums = new Float64Array(unique * 4);
	const counts = new Uint32Array(unique);
	for (const [i, target] of remap.entries()) {
		counts[target] = (counts[target] ?? 0) + 1;
		for (let k = 0; k < 4; k += 1) {
			sums[target * 4 + k] = (sums[target * 4 + k] ?? 0) + (colours[i * 4 + k] ?? 0);
		}
	}
	return Uint16Array.from(sums, (sum, at) => Math.round(sum / (counts[at >> 2] ?? 1)));
}

/** One material in place of each group: the look of its largest member, its finish by area. */
function meanMaterials(
	mesh: Mesh,
	materials: Material[],
	shared: number[],
	kinds: (string | undefined)[],
): Material[] {
	const areas = materials.map((_, number) => areaOfMaterial(mesh, number));
	return materials.map((material, number) => {
		const members = shared.flatMap((target, member) => (target === number ? [member] : []));
		if (kinds[number] === undefined || members.length < 2) return material;
		const total = members.reduce((sum, member) => sum + (areas[member] ?? 0), 0) || 1;
		const mean = (value: (m: Material) => number) =>
			members.reduce((sum, member) => {
				const other = materials[member];
				return sum + (other === undefined ? 0 : value(other) * (areas[member] ?? 0)) / total;
			}, 0);
		const largest = members.toSorted((a, b) => (areas[b] ?? 0) - (areas[a] ?? 0))[0] ?? number;
		return {
			...(materials[largest] ?? material),
			baseColor: [1, 1, 1, material.baseColor[3]],
			roughness: mean((m) => m.roughness),
			metallic: mean((m) => m.metallic),
		};
	});
}

function areaOfMaterial(mesh: Mesh, number: number): number {
	const own = new Uint32Array(mesh.indices.length);
	let length = 0;
	for (let t = 0; t < mesh.indices.length; t += 3) {
		if (mesh.materialOf[mesh.indices[t] ?? 0] !== number) continue;
		own.set(mesh.indices.subarray(t, t + 3), length);
		length += 3;
	}
	return areaOf({ positions: mesh.positions, indices: own.subarray(0, length) });
}
