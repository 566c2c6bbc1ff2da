import type { Mesh } from '../mesh/mesh.ts';
import { unit, type Vec3 } from './camera.ts';

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
	const frame = tangentFrame(mesh, t, [out.nx, out.ny, out.nz]);
	if (frame === undefined) return;
	const { tangent, bitangent } = frame;
	const [red = 0.5, green = 0.5, blue = 1] = texel;
	const x = (red * 2 - 1) * strength;
	const y = (green * 2 - 1) * strength;
	const z = Math.max(blue * 2 - 1, 0.05);
	const bent = unit([
		tangent[0] * x + bitangent[0] * y + out.nx * z,
		tangent[1] * x + bitangent[1] * y + out.ny * z,
		tangent[2] * x + bitangent[2] * y + out.nz * z,
	]);
	[out.nx, out.ny, out.nz] = bent;
}

/** Where growing u and falling v point on a triangle, made square to the normal. */
function tangentFrame(
	mesh: Mesh,
	t: number,
	normal: Vec3,
): { tangent: Vec3; bitangent: Vec3 } | undefined {
	const { indices, positions, uvs } = mesh;
	if (uvs === undefined) return undefined;
	const [i = 0, j = 0, k = 0] = indices.subarray(t * 3, t * 3 + 3);
	const [du1 = 0, dv1 = 0] = difference(uvs, 2, j, i);
	const [du2 = 0, dv2 = 0] = difference(uvs, 2, k, i);
	const determinant = du1 * dv2 - du2 * dv1;
	if (Math.abs(determinant) < 1e-20) return undefined;
	const handedness = determinant < 0 ? -1 : 1;
	const [ax = 0, ay = 0, az = 0] = difference(positions, 3, j, i);
	const [bx = 0, by = 0, bz = 0] = difference(positions, 3, k, i);
	const x = (ax * dv2 - bx * dv1) * handedness;
	const y = (ay * dv2 - by * dv1) * handedness;
	const z = (az * dv2 - bz * dv1) * handedness;
	const [nx, ny, nz] = normal;
	const along = x * nx + y * ny + z * nz;
	const tangent = unit([x - along * nx, y - along * ny, z - along * nz]);
	const [tx, ty, tz] = tangent;
	const bitangent: Vec3 = [
		(nz * ty - ny * tz) * handedness,
		(nx * tz - nz * tx) * handedness,
		(ny * tx - nx * ty) * handedness,
	];
	return { tangent, bitangent };
}

function difference(array: Float32Array, width: number, to: number, from: number): number[] {
	const out: number[] = [];
	for (let k = 0; k < width; k += 1) {
		out.push((array[to * width + k] ?? 0) - (array[from * width + k] ?? 0));
	}
	return out;
}
