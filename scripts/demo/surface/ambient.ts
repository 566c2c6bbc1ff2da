import { BufferAttribute, BufferGeometry, DoubleSide, Ray, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { cross, type Mesh, merge, unit, type Vec3, vec3At } from './mesh.ts';

interface AmbientOptions {
	/** How far a surface shades another, metres. */
	readonly reachM: number;
	/** Rays a vertex; 16 is enough once neighbours are averaged. */
	readonly rays: number;
}

/**
 * How open the sky is over each vertex, 0 (deep in a cavity) to 1, one array a mesh: what dirt,
 * verdigris and soot follow. The object shades itself; so does the floor at y = 0.
 * Cost: rays × vertices × log(triangles).
 */
export function ambient(meshes: readonly Mesh[], options: AmbientOptions): Float32Array[] {
	const all = merge(meshes);
	const geometry = new BufferGeometry();
	geometry.setAttribute('position', new BufferAttribute(all.positions, 3));
	geometry.setIndex(new BufferAttribute(all.indices.slice(), 1));
	const bvh = new MeshBVH(geometry, { targetLeafSize: 8 });
	const count = all.positions.length / 3;
	const open = new Float32Array(count);
	const directions = spiral(options.rays);
	const ray = new Ray(new Vector3(), new Vector3());
	for (let i = 0; i < count; i++) {
		const n = vec3At(all.normals, i);
		const p = vec3At(all.positions, i);
		const lift = options.reachM * 0.004;
		ray.origin.set(p[0] + n[0] * lift, p[1] + n[1] * lift, p[2] + n[2] * lift);
		const turn = (i * 0.618033988749895) % 1;
		open[i] = openness(bvh, ray, frameOf(n, turn), directions, options.reachM);
	}
	const calm = average(open, all.indices);
	let at = 0;
	return meshes.map((m) => {
		const from = at;
		at += m.positions.length / 3;
		return calm.slice(from, at);
	});
}

/** Cosine-weighted directions round +Z, on a golden spiral. */
function spiral(rays: number): Vec3[] {
	return Array.from({ length: rays }, (_, i) => {
		const r = Math.sqrt((i + 0.5) / rays);
		const angle = i * 2.399963229728653;
		return [r * Math.cos(angle), r * Math.sin(angle), Math.sqrt(1 - r * r)];
	});
}

function frameOf(n: Vec3, turn: number): [Vec3, Vec3, Vec3] {
	const a = unit(cross(Math.abs(n[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0], n));
	const b = cross(n, a);
	const [c, s] = [Math.cos(turn * 6.283185307179586), Math.sin(turn * 6.283185307179586)];
	return [
		[a[0] * c + b[0] * s, a[1] * c + b[1] * s, a[2] * c + b[2] * s],
		[b[0] * c - a[0] * s, b[1] * c - a[1] * s, b[2] * c - a[2] * s],
		n,
	];
}

function openness(
	bvh: MeshBVH,
	ray: Ray,
	[a, b, n]: [Vec3, Vec3, Vec3],
	directions: readonly Vec3[],
	reachM: number,
): number {
	let sum = 0;
	for (const [x, y, z] of directions) {
		ray.direction.set(
			a[0] * x + b[0] * y + n[0] * z,
			a[1] * x + b[1] * y + n[1] * z,
			a[2] * x + b[2] * y + n[2] * z,
		);
		const floor = ray.direction.y < 0 ? -ray.origin.y / ray.direction.y : reachM;
		const hit = bvh.raycastFirst(ray, DoubleSide, 0, reachM);
		const far = Math.min(hit ? hit.distance : reachM, Math.max(0, floor), reachM) / reachM;
		sum += far;
	}
	return sum / directions.length;
}

function average(values: Float32Array, indices: Uint32Array): Float32Array {
	const sums = Float32Array.from(values, (x) => x * 2);
	const weights = new Float32Array(values.length).fill(2);
	for (let t = 0; t < indices.length; t++) {
		const next = t % 3 === 2 ? t - 2 : t + 1;
		const [i, j] = [indices[t] ?? 0, indices[next] ?? 0];
		sums[i] = (sums[i] ?? 0) + (values[j] ?? 0);
		weights[i] = (weights[i] ?? 0) + 1;
	}
	return sums.map((x, i) => x / (weights[i] ?? 1));
}
