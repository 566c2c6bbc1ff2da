import { Matrix3, type Matrix4, Vector3 } from 'three';

export type Vec2 = readonly [number, number];
export type Vec3 = readonly [number, number, number];

/**
 * An indexed triangle surface under construction. Metres, +Y up, counter-clockwise fronts.
 * `positions`, `normals`: N×3; `uvs`: N×2 (glTF: v runs down); `colors`: N×3, sRGB 0..1.
 */
export interface Mesh {
	readonly positions: Float32Array;
	readonly normals: Float32Array;
	readonly uvs: Float32Array;
	readonly colors: Float32Array;
	readonly indices: Uint32Array;
}

/** What a colour or height function may look at: one vertex. */
export interface Vertex {
	readonly p: Vec3;
	readonly n: Vec3;
	readonly uv: Vec2;
	readonly color: Vec3;
}

/** A mesh from bare arrays: smooth normals (coincident vertices share one) and white vertices. */
export function meshOf(
	positions: ArrayLike<number>,
	uvs: ArrayLike<number>,
	indices: ArrayLike<number>,
): Mesh {
	const p = Float32Array.from(positions);
	const index = Uint32Array.from(indices);
	return {
		positions: p,
		normals: smoothNormals(p, index),
		uvs: Float32Array.from(uvs),
		colors: new Float32Array(p.length).fill(1),
		indices: index,
	};
}

/** One number per distinct position (to a micrometre): vertices that coincide share it. */
export function weldGroups(positions: Float32Array): Uint32Array {
	const groups = new Uint32Array(positions.length / 3);
	const seen = new Map<string, number>();
	for (let i = 0; i < groups.length; i++) {
		const [x, y, z] = vec3At(positions, i);
		const key = `${Math.round(x * 1e6)},${Math.round(y * 1e6)},${Math.round(z * 1e6)}`;
		const found = seen.get(key) ?? seen.size;
		if (found === seen.size) seen.set(key, found);
		groups[i] = found;
	}
	return groups;
}

function smoothNormals(positions: Float32Array, indices: Uint32Array): Float32Array {
	const groups = weldGroups(positions);
	const sums = new Float64Array(positions.length);
	for (let t = 0; t < indices.length; t += 3) {
		const [nx, ny, nz] = faceNormal(positions, indices, t);
		for (let k = 0; k < 3; k++) {
			const g = (groups[indices[t + k] ?? 0] ?? 0) * 3;
			sums[g] = (sums[g] ?? 0) + nx;
			sums[g + 1] = (sums[g + 1] ?? 0) + ny;
			sums[g + 2] = (sums[g + 2] ?? 0) + nz;
		}
	}
	const normals = new Float32Array(positions.length);
	for (let i = 0; i < groups.length; i++) {
		const g = (groups[i] ?? 0) * 3;
		const n = unit([sums[g] ?? 0, sums[g + 1] ?? 0, sums[g + 2] ?? 0]);
		normals.set(n, i * 3);
	}
	return normals;
}

/** The normal of the triangle that starts at `indices[t]`, as long as twice its area. */
export function faceNormal(positions: Float32Array, indices: Uint32Array, t: number): Vec3 {
	const a = vec3At(positions, indices[t] ?? 0);
	const b = vec3At(positions, indices[t + 1] ?? 0);
	const c = vec3At(positions, indices[t + 2] ?? 0);
	return cross(sub(b, a), sub(c, a));
}

/** Several meshes as one; none is mutated. */
export function merge(meshes: readonly Mesh[]): Mesh {
	const count = meshes.reduce((sum, m) => sum + m.positions.length / 3, 0);
	const out = {
		positions: new Float32Array(count * 3),
		normals: new Float32Array(count * 3),
		uvs: new Float32Array(count * 2),
		colors: new Float32Array(count * 3),
		indices: new Uint32Array(meshes.reduce((sum, m) => sum + m.indices.length, 0)),
	};
	let vertex = 0;
	let corner = 0;
	for (const m of meshes) {
		out.positions.set(m.positions, vertex * 3);
		out.normals.set(m.normals, vertex * 3);
		out.colors.set(m.colors, vertex * 3);
		out.uvs.set(m.uvs, vertex * 2);
		for (const i of m.indices) out.indices[corner++] = i + vertex;
		vertex += m.positions.length / 3;
	}
	return out;
}

/** A placed copy. A mirroring matrix turns the triangles round, so fronts stay fronts. */
export function place(m: Mesh, matrix: Matrix4): Mesh {
	const normalMatrix = new Matrix3().getNormalMatrix(matrix);
	const positions = new Float32Array(m.positions.length);
	const normals = new Float32Array(m.normals.length);
	const v = new Vector3();
	for (let i = 0; i < positions.length; i += 3) {
		v.fromArray(m.positions, i).applyMatrix4(matrix).toArray(positions, i);
		v.fromArray(m.normals, i).applyMatrix3(normalMatrix).normalize().toArray(normals, i);
	}
	const indices = matrix.determinant() < 0 ? m.indices.slice().reverse() : m.indices;
	return { positions, normals, uvs: m.uvs, colors: m.colors, indices };
}

/** A recoloured copy: one sRGB colour, or a function of each vertex. */
export function tint(m: Mesh, color: Vec3 | ((vertex: Vertex, index: number) => Vec3)): Mesh {
	const colors = new Float32Array(m.positions.length);
	for (let i = 0; i < colors.length / 3; i++) {
		colors.set(typeof color === 'function' ? color(vertexAt(m, i), i) : color, i * 3);
	}
	return { ...m, colors };
}

/** A copy pushed along its normals by `heightM` of each vertex; normals are made anew. */
export function displace(m: Mesh, heightM: (vertex: Vertex) => number): Mesh {
	const positions = new Float32Array(m.positions.length);
	for (let i = 0; i < positions.length / 3; i++) {
		const vertex = vertexAt(m, i);
		const h = heightM(vertex);
		positions.set(add(vertex.p, scale(vertex.n, h)), i * 3);
	}
	return { ...m, positions, normals: smoothNormals(positions, m.indices) };
}

function vertexAt(m: Mesh, i: number): Vertex {
	return {
		p: vec3At(m.positions, i),
		n: vec3At(m.normals, i),
		uv: [m.uvs[i * 2] ?? 0, m.uvs[i * 2 + 1] ?? 0],
		color: vec3At(m.colors, i),
	};
}

export function vec3At(array: ArrayLike<number>, i: number): Vec3 {
	return [array[i * 3] ?? 0, array[i * 3 + 1] ?? 0, array[i * 3 + 2] ?? 0];
}

export function add(a: Vec3, b: Vec3): Vec3 {
	return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function sub(a: Vec3, b: Vec3): Vec3 {
	return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Vec3, s: number): Vec3 {
	return [a[0] * s, a[1] * s, a[2] * s];
}

export function cross(a: Vec3, b: Vec3): Vec3 {
	return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** `a` at length one; straight up when it has no length. */
export function unit(a: Vec3): Vec3 {
	const length = Math.hypot(a[0], a[1], a[2]);
	return length > 1e-14 ? scale(a, 1 / length) : [0, 1, 0];
}
