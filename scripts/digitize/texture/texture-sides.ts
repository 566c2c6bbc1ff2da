import type { Material, Mesh } from '../mesh/mesh.ts';

/** A material's surface, in square metres, and its part of the unit square of its textures. */
interface Patch {
	area: number;
	uvArea: number;
}

/** Textures smaller than this save nothing worth having. */
const LEAST_PX = 64;

/**
 * How long the sides of each texture may be in a tier, by the texture's number: a texture that alone
 * covers the whole piece gets `px`, and all others as much as gives every place of the piece no more
 * texels a metre than that, rounded up to a power of two. Thirty maps of a piece's thirty parts then
 * take together about what one would. The encoder never enlarges beyond what the scan has.
 */
export function textureSides(mesh: Mesh, materials: Material[], px: number): Map<number, number> {
	const sides = new Map<number, number>();
	if (mesh.uvs === undefined) return sides;
	const patches = patchesOf(mesh, materials.length);
	const whole = patches.reduce((sum, { area }) => sum + area, 0);
	for (const [i, { maps }] of materials.entries()) {
		const { area, uvArea } = patches[i] ?? { area: 0, uvArea: 0 };
		const wanted = uvArea > 0 && whole > 0 ? px * Math.sqrt(area / whole / uvArea) : px;
		const side = Math.min(Math.max(2 ** Math.ceil(Math.log2(wanted)), LEAST_PX), px);
		for (const { texture } of Object.values(maps)) {
			sides.set(texture, Math.max(sides.get(texture) ?? 0, side));
		}
	}
	return sides;
}

function patchesOf(mesh: Mesh, materials: number): Patch[] {
	const { positions, indices, materialOf } = mesh;
	const uvs = mesh.uvs ?? new Float32Array(0);
	const patches = Array.from({ length: materials }, () => ({ area: 0, uvArea: 0 }));
	for (let t = 0; t < indices.length; t += 3) {
		const [a, b, c] = [indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0];
		const patch = patches[materialOf[a] ?? 0];
		if (patch === undefined) continue;
		const [ux, uy, uz] = edge(positions, 3, a, b);
		const [vx, vy, vz] = edge(positions, 3, a, c);
		patch.area += Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
		const [su, sv] = edge(uvs, 2, a, b);
		const [tu, tv] = edge(uvs, 2, a, c);
		patch.uvArea += Math.abs(su * tv - sv * tu) / 2;
	}
	return patches;
}

function edge(
	array: Float32Array,
	width: number,
	from: number,
	to: number,
): readonly [number, number, number] {
	const step = (k: number) => (array[to * width + k] ?? 0) - (array[from * width + k] ?? 0);
	return [step(0), step(1), width > 2 ? step(2) : 0];
}
