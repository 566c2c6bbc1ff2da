import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { ambient } from './ambient.ts';
import { type Mesh, tint, type Vec3, type Vertex } from './mesh.ts';
import { blend } from './noise.ts';

/** A mesh with its material, and how years show on it. */
export interface Piece {
	readonly material: DemoMaterial;
	readonly mesh: Mesh;
	/** The final sRGB colour of a vertex under `open` 0..1 sky; {@link grime} when absent. */
	readonly age?: (vertex: Vertex, open: number) => Vec3;
	/** Keep texture coordinates: only pieces with pictures need them. */
	readonly isTextured?: boolean;
}

const DUST: Vec3 = [0.12, 0.1, 0.08];

/** Darkens what the sky does not reach, as soot and old dust do. */
export function grime(vertex: Vertex, open: number): Vec3 {
	const color = blend(DUST, vertex.color, 0.25 + 0.75 * open ** 0.8);
	return [color[0], color[1], color[2]];
}

/** Bakes the openness of the whole object into the pieces' colours and hands them to the writer. */
export function finish(pieces: readonly Piece[], reachM: number, rays = 14): DemoPart[] {
	const open = ambient(
		pieces.map((piece) => piece.mesh),
		{ reachM, rays },
	);
	return pieces.map((piece, k) => {
		const age = piece.age ?? grime;
		const aged = tint(piece.mesh, (vertex, i) => age(vertex, open[k]?.[i] ?? 1));
		return {
			material: piece.material,
			positions: aged.positions,
			normals: aged.normals,
			colors: Uint8Array.from(aged.colors, (x) => Math.round(Math.min(1, Math.max(0, x)) * 255)),
			...(piece.isTextured && { uvs: aged.uvs }),
			indices: aged.indices,
		};
	});
}
