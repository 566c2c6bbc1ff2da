import { type Mesh, meshOf, type Vec2, type Vec3 } from './mesh.ts';

interface GridSurfaceOptions {
	/** Quads along u and along v. */
	readonly columns: number;
	readonly rows: number;
	/** The surface: u and v run 0..1; ∂u × ∂v points outward. Metres. */
	readonly at: (u: number, v: number) => Vec3;
	/** Texture coordinates of (u, v); as they are, when absent. */
	readonly uv?: (u: number, v: number) => Vec2;
}

/**
 * A parametric surface as a regular grid of quads. Where it closes on itself (a seam, a pole) the
 * normals are shared. Quads without area (at a pole) give no triangle.
 */
export function gridSurface({ columns, rows, at, uv }: GridSurfaceOptions): Mesh {
	const positions = new Float32Array((columns + 1) * (rows + 1) * 3);
	const uvs = new Float32Array((columns + 1) * (rows + 1) * 2);
	for (let j = 0, i = 0; j <= rows; j++) {
		for (let k = 0; k <= columns; k++, i++) {
			const u = k / columns;
			const v = j / rows;
			positions.set(at(u, v), i * 3);
			uvs.set(uv ? uv(u, v) : [u, v], i * 2);
		}
	}
	const indices: number[] = [];
	const same = (a: number, b: number) =>
		Math.hypot(
			(positions[a * 3] ?? 0) - (positions[b * 3] ?? 0),
			(positions[a * 3 + 1] ?? 0) - (positions[b * 3 + 1] ?? 0),
			(positions[a * 3 + 2] ?? 0) - (positions[b * 3 + 2] ?? 0),
		) < 1e-9;
	for (let j = 0; j < rows; j++) {
		for (let k = 0; k < columns; k++) {
			const a = j * (columns + 1) + k;
			const d = a + columns + 1;
			if (!same(a, a + 1)) indices.push(a, a + 1, d + 1);
			if (!same(d, d + 1)) indices.push(a, d + 1, d);
		}
	}
	return meshOf(positions, uvs, indices);
}
