import { type Mesh, plainMaterial, type Scan } from '../../../../scripts/digitize/mesh/mesh.ts';

/** A surface from places and corners, all of one material. */
export function aSurface(positions: number[], indices: number[], rest: Partial<Mesh> = {}): Mesh {
	return {
		positions: Float32Array.from(positions),
		normals: undefined,
		uvs: undefined,
		colours: undefined,
		materialOf: new Uint16Array(positions.length / 3),
		indices: Uint32Array.from(indices),
		...rest,
	};
}

/** A scan of one surface, as a reader hands it over. */
export function aScan(mesh: Mesh): Scan {
	return {
		format: 'ply',
		mesh,
		materials: [plainMaterial('surface')],
		textures: [],
		origin: [0, 0, 0],
		unitHint: undefined,
		findings: [],
	};
}

const SIDES = [
	[0, 2, 3, 1],
	[4, 5, 7, 6],
	[0, 1, 5, 4],
	[2, 6, 7, 3],
	[0, 4, 6, 2],
	[1, 3, 7, 5],
] as const;

/** A cube of `size` from (`at`, `at`, `at`), its outside outwards; without its last sides if wanted. */
export function aCube(size = 1, at = 0, sides = 6): Mesh {
	const positions = Array.from({ length: 24 }, (_, i) => {
		const [corner, axis] = [Math.floor(i / 3), i % 3];
		return at + ((corner >> axis) & 1) * size;
	});
	const indices = SIDES.slice(0, sides).flatMap(([a, b, c, d]) => [a, b, c, a, c, d]);
	return aSurface(positions, indices);
}

/** Several surfaces as one; the corners of those in `reversed` run the other way. */
export function together(meshes: Mesh[], reversed: number[] = []): Mesh {
	const positions: number[] = [];
	const indices: number[] = [];
	for (const [i, mesh] of meshes.entries()) {
		const first = positions.length / 3;
		const corners = [...mesh.indices].map((index) => index + first);
		indices.push(...(reversed.includes(i) ? corners.toReversed() : corners));
		positions.push(...mesh.positions);
	}
	return aSurface(positions, indices);
}

/** A band of `steps` squares, closed with half a turn: one side, one edge. */
export function aMoebiusBand(steps = 24): Mesh {
	const positions: number[] = [];
	const indices: number[] = [];
	for (let i = 0; i < steps; i += 1) {
		const angle = (i / steps) * 2 * Math.PI;
		for (const side of [-0.3, 0.3]) {
			const radius = 1 + side * Math.cos(angle / 2);
			positions.push(
				radius * Math.cos(angle),
				side * Math.sin(angle / 2),
				radius * Math.sin(angle),
			);
		}
		const [a, b] = [i * 2, i * 2 + 1];
		const [c, d] = i === steps - 1 ? [1, 0] : [a + 2, b + 2];
		indices.push(a, b, c, c, b, d);
	}
	return aSurface(positions, indices);
}
