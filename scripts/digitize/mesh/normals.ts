import type { Mesh } from './mesh.ts';
import { release } from './release.ts';
import { weldPositions } from './weld.ts';

/** The places of a mesh, as `weldPositions` numbers them. */
type Places = ReturnType<typeof weldPositions>;

/**
 * Smooth vertex normals (N×3, unit), weighted by triangle area, shared by all vertices at one place
 * so that texture seams do not show. A vertex without area gets +Y. The places may be given where they
 * are known.
 */
export function smoothNormals(
	positions: Float32Array,
	indices: Uint32Array,
	{ remap, unique } = weldPositions(positions),
): Float32Array {
	const sums = new Float64Array(unique * 3);
	for (let t = 0; t < indices.length; t += 3) {
		const a = (indices[t] ?? 0) * 3;
		const b = (indices[t + 1] ?? 0) * 3;
		const c = (indices[t + 2] ?? 0) * 3;
		const ux = at(positions, b) - at(positions, a);
		const uy = at(positions, b + 1) - at(positions, a + 1);
		const uz = at(positions, b + 2) - at(positions, a + 2);
		const vx = at(positions, c) - at(positions, a);
		const vy = at(positions, c + 1) - at(positions, a + 1);
		const vz = at(positions, c + 2) - at(positions, a + 2);
		const nx = uy * vz - uz * vy;
		const ny = uz * vx - ux * vz;
		const nz = ux * vy - uy * vx;
		for (let k = 0; k < 3; k += 1) {
			const place = (remap[indices[t + k] ?? 0] ?? 0) * 3;
			sums[place] = at(sums, place) + nx;
			sums[place + 1] = at(sums, place + 1) + ny;
			sums[place + 2] = at(sums, place + 2) + nz;
		}
	}
	const normals = unitOf(sums, remap);
	release(sums);
	return normals;
}

/** Makes given normals (N×3) unit length in place; true when every one had a direction. */
export function normalize(normals: Float32Array): boolean {
	let isWhole = true;
	for (let i = 0; i < normals.length; i += 3) {
		const length = Math.hypot(at(normals, i), at(normals, i + 1), at(normals, i + 2));
		if (!(length > 1e-12 && length < Number.POSITIVE_INFINITY)) {
			isWhole = false;
			continue;
		}
		for (let k = 0; k < 3; k += 1) normals[i + k] = at(normals, i + k) / length;
	}
	return isWhole;
}

/**
 * Makes normals (N×3) unit length in place. Those without a direction (zero, not finite) come from the
 * surface, as do all of them where there are none; gives how many of the given ones that concerned.
 */
export function mendNormals(mesh: Mesh, places?: Places): number {
	const { normals, positions, indices } = mesh;
	if (normals === undefined) {
		mesh.normals = smoothNormals(positions, indices, places);
		return 0;
	}
	let smooth: Float32Array | undefined;
	let mended = 0;
	for (let i = 0; i < normals.length; i += 3) {
		const length = Math.hypot(at(normals, i), at(normals, i + 1), at(normals, i + 2));
		const isDirection = length > 1e-12 && length < Number.POSITIVE_INFINITY;
		if (!isDirection) {
			smooth ??= smoothNormals(positions, indices, places);
			mended += 1;
		}
		for (let k = 0; k < 3; k += 1) {
			normals[i + k] = isDirection ? at(normals, i + k) / length : at(smooth ?? normals, i + k);
		}
	}
	return mended;
}

/** Turns those normals in place that point into the surface, at vertices of triangles that were turned. */
export function turnNormals(mesh: Mesh, isTurned: Uint8Array, places?: Places): void {
	const { normals, positions, indices } = mesh;
	if (normals === undefined) return;
	const smooth = smoothNormals(positions, indices, places);
	for (let vertex = 0; vertex < isTurned.length; vertex += 1) {
		if (isTurned[vertex] === 0) continue;
		const i = vertex * 3;
		const along =
			at(normals, i) * at(smooth, i) +
			at(normals, i + 1) * at(smooth, i + 1) +
			at(normals, i + 2) * at(smooth, i + 2);
		if (along >= 0) continue;
		for (let k = 0; k < 3; k += 1) normals[i + k] = -at(normals, i + k);
	}
}

function unitOf(sums: Float64Array, remap: Uint32Array): Float32Array {
	const normals = new Float32Array(remap.length * 3);
	for (let i = 0; i < remap.length; i += 1) {
		const place = (remap[i] ?? 0) * 3;
		const [x, y, z] = [at(sums, place), at(sums, place + 1), at(sums, place + 2)];
		const length = Math.hypot(x, y, z);
		normals[i * 3] = length > 0 ? x / length : 0;
		normals[i * 3 + 1] = length > 0 ? y / length : 1;
		normals[i * 3 + 2] = length > 0 ? z / length : 0;
	}
	return normals;
}

function at(array: Float32Array | Float64Array, index: number): number {
	return array[index] ?? 0;
}
