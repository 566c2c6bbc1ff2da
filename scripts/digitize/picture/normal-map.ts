import type { Mesh } from '../mesh/mesh.ts';

/**
 * Bends a normal (`out`, unit, in place) by a texel of a normal map (0 to 1), in the frame that the
 * texture coordinates lay over triangle `t`. Source: glTF 2.0, normal textures; green points up the
 * image, against growing v.
 */
export function bendNormal(
	mesh: Mesh,
	t: number,
	texel: Float64Array,
	strength: number,
	out: { nx: number; ny: number; nz: number },
): void {
	const { indices, positions, uvs } = mesh;
	if (uvs === undefined) return;
	const i = indices[t * 3] ?? 0;
	const j = indices[t * 3 + 1] ?? 0;
	const k = indices[t * 3 + 2] ?? 0;
	const du1 = step(uvs, j * 2, i * 2);
	const dv1 = step(uvs, j * 2 + 1, i * 2 + 1);
	const du2 = step(uvs, k * 2, i * 2);
	const dv2 = step(uvs, k * 2 + 1, i * 2 + 1);
	const determinant = du1 * dv2 - du2 * dv1;
	if (Math.abs(determinant) < 1e-20) return;
	const hand = determinant < 0 ? -1 : 1;
	const { nx, ny, nz } = out;
	// Where growing u points on the triangle, made square to the normal.
	const x = (step(positions, j * 3, i * 3) * dv2 - step(positions, k * 3, i * 3) * dv1) * hand;
	const y =
		(step(positions, j * 3 + 1, i * 3 + 1) * dv2 - step(positions, k * 3 + 1, i * 3 + 1) * dv1) *
		hand;
	const z =
		(step(positions, j * 3 + 2, i * 3 + 2) * dv2 - step(positions, k * 3 + 2, i * 3 + 2) * dv1) *
		hand;
	const along = x * nx + y * ny + z * nz;
	const [qx, qy, qz] = [x - along * nx, y - along * ny, z - along * nz];
	const length = Math.sqrt(qx * qx + qy * qy + qz * qz);
	if (!(length > 0)) return;
	const right = (((texel[0] ?? 0.5) * 2 - 1) * strength) / length;
	const up = (((texel[1] ?? 0.5) * 2 - 1) * strength * hand) / length;
	const deep = Math.max((texel[2] ?? 1) * 2 - 1, 0.05);
	const bx = qx * right + (nz * qy - ny * qz) * up + nx * deep;
	const by = qy * right + (nx * qz - nz * qx) * up + ny * deep;
	const bz = qz * right + (ny * qx - nx * qy) * up + nz * deep;
	const size = Math.sqrt(bx * bx + by * by + bz * bz) || 1;
	out.nx = bx / size;
	out.ny = by / size;
	out.nz = bz / size;
}

function step(array: Float32Array, to: number, from: number): number {
	return (array[to] ?? 0) - (array[from] ?? 0);
}
