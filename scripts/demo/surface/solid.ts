import { ShapeUtils, Vector2 } from 'three';
import { gridSurface } from './grid-surface.ts';
import {
	add,
	cross,
	faceNormal,
	type Mesh,
	merge,
	meshOf,
	scale,
	sub,
	unit,
	type Vec2,
	type Vec3,
	weldGroups,
} from './mesh.ts';

/**
 * A block with rounded edges, centred on the origin. `sizeM` is its outer size, `bevelM` the radius
 * of its edges; each flat face has about one vertex every `stepM`, for displacement and shading.
 */
export function block(sizeM: Vec3, bevelM: number, stepM = Number.POSITIVE_INFINITY): Mesh {
	const half: Vec3 = [sizeM[0] / 2, sizeM[1] / 2, sizeM[2] / 2];
	const bevel = Math.min(bevelM, ...half.map((h) => h * 0.49));
	const stops = half.map((h) => {
		const steps = Math.max(1, Math.ceil((2 * (h - bevel)) / stepM));
		const flat = Array.from(
			{ length: steps + 1 },
			(_, i) => (i / steps) * 2 * (h - bevel) - h + bevel,
		);
		return [-h, -h + bevel * 0.3, ...flat, h - bevel * 0.3, h];
	});
	const round = (p: Vec3): Vec3 => {
		const inner = p.map((x, i) => {
			const limit = (half[i] ?? 0) - bevel;
			return Math.min(limit, Math.max(-limit, x));
		});
		const out = unit(p.map((x, i) => x - (inner[i] ?? 0)) as unknown as Vec3);
		return [0, 1, 2].map((i) => (inner[i] ?? 0) + bevel * (out[i] ?? 0)) as unknown as Vec3;
	};
	const faces = [0, 1, 2].flatMap((axis) =>
		[-1, 1].map((side) => {
			const [a, b] = side > 0 ? [(axis + 1) % 3, (axis + 2) % 3] : [(axis + 2) % 3, (axis + 1) % 3];
			const [us, vs] = [stops[a] ?? [], stops[b] ?? []];
			return gridSurface({
				columns: us.length - 1,
				rows: vs.length - 1,
				at: (u, v) => {
					const p: [number, number, number] = [0, 0, 0];
					p[axis] = side * (half[axis] ?? 0);
					p[a] = us[Math.round(u * (us.length - 1))] ?? 0;
					p[b] = vs[Math.round(v * (vs.length - 1))] ?? 0;
					return round(p);
				},
			});
		}),
	);
	const all = merge(faces);
	return meshOf(all.positions, all.uvs, all.indices);
}

/**
 * A board cut along `outline` (counter-clockwise, metres, x–y plane), from z = 0 to `depthM`, its
 * front and back edges bevelled. Corners sharper than 50° stay crisp. u, v are the position over
 * the outline's box.
 */
export function board(outline: readonly Vec2[], depthM: number, bevelM: number): Mesh {
	const inner = inset(outline, bevelM);
	const loops: Vec3[][] = [
		inner.map(([x, y]) => [x, y, 0]),
		outline.map(([x, y]) => [x, y, bevelM]),
		outline.map(([x, y]) => [x, y, depthM - bevelM]),
		inner.map(([x, y]) => [x, y, depthM]),
	];
	const n = outline.length;
	const positions = loops.flat(2);
	const indices: number[] = [];
	for (let l = 0; l < 3; l++) {
		for (let i = 0; i < n; i++) {
			const [a, b] = [l * n + i, l * n + ((i + 1) % n)];
			indices.push(a, b, b + n, a, b + n, a + n);
		}
	}
	const flat = ShapeUtils.triangulateShape(
		inner.map(([x, y]) => new Vector2(x, y)),
		[],
	);
	for (const [a = 0, b = 0, c = 0] of flat) {
		indices.push(c, b, a, 3 * n + a, 3 * n + b, 3 * n + c);
	}
	const xs = outline.map((p) => p[0]);
	const ys = outline.map((p) => p[1]);
	const [x0, y0] = [Math.min(...xs), Math.min(...ys)];
	const [w, h] = [Math.max(...xs) - x0, Math.max(...ys) - y0];
	const uvs = loops.flat().flatMap(([x, y]) => [(x - x0) / w, 1 - (y - y0) / h]);
	return crease(meshOf(positions, uvs, indices), 50);
}

function inset(outline: readonly Vec2[], by: number): Vec2[] {
	return outline.map((p, i) => {
		const before = outline[(i - 1 + outline.length) % outline.length] ?? p;
		const after = outline[(i + 1) % outline.length] ?? p;
		const [ax, ay] = leftOf(before, p);
		const [bx, by_] = leftOf(p, after);
		const s = by / Math.max(0.35, 1 + ax * bx + ay * by_);
		return [p[0] + (ax + bx) * s, p[1] + (ay + by_) * s];
	});
}

function leftOf(a: Vec2, b: Vec2): Vec2 {
	const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
	const length = Math.hypot(dx, dy) || 1;
	return [-dy / length, dx / length];
}

/** A copy whose vertices are split where faces meet at more than `angleDeg`. */
export function crease(m: Mesh, angleDeg: number): Mesh {
	const groups = weldGroups(m.positions);
	const faces = Array.from({ length: m.indices.length / 3 }, (_, t) =>
		faceNormal(m.positions, m.indices, t * 3),
	);
	const around: number[][] = [];
	m.indices.forEach((v, corner) => {
		const g = groups[v] ?? 0;
		around[g] ??= [];
		around[g].push(Math.floor(corner / 3));
	});
	const limit = Math.cos((angleDeg * Math.PI) / 180);
	const out = { positions: [] as number[], normals: [] as number[], uvs: [] as number[] };
	const seen = new Map<string, number>();
	const indices = m.indices.map((v, corner) => {
		const own = unit(faces[Math.floor(corner / 3)] ?? [0, 1, 0]);
		const near = (around[groups[v] ?? 0] ?? [])
			.map((t) => faces[t] ?? own)
			.filter((f) => {
				const d = unit(f);
				return d[0] * own[0] + d[1] * own[1] + d[2] * own[2] > limit;
			});
		const n = unit(near.reduce<Vec3>((s, f) => [s[0] + f[0], s[1] + f[1], s[2] + f[2]], [0, 0, 0]));
		const key = `${v}:${n.map((x) => Math.round(x * 500)).join(',')}`;
		const found = seen.get(key) ?? seen.size;
		if (found === seen.size) {
			seen.set(key, found);
			out.positions.push(...m.positions.subarray(v * 3, v * 3 + 3));
			out.uvs.push(...m.uvs.subarray(v * 2, v * 2 + 2));
			out.normals.push(...n);
		}
		return found;
	});
	return {
		positions: Float32Array.from(out.positions),
		normals: Float32Array.from(out.normals),
		uvs: Float32Array.from(out.uvs),
		colors: new Float32Array(out.positions.length).fill(1),
		indices,
	};
}

/** A square timber from `a` to `b`, `widthM` across and `heightM` tall, with crisp edges. */
export function bar(a: Vec3, b: Vec3, widthM: number, heightM: number): Mesh {
	const along = unit(sub(b, a));
	const side = unit(cross(along, Math.abs(along[1]) > 0.99 ? [0, 0, 1] : [0, 1, 0]));
	const up = cross(side, along);
	const corner = (end: Vec3, s: number, h: number): Vec3 =>
		add(end, add(scale(side, (s * widthM) / 2), scale(up, (h * heightM) / 2)));
	const loop = [
		[-1, -1],
		[1, -1],
		[1, 1],
		[-1, 1],
	] as const;
	const positions = [a, b].flatMap((end) => loop.flatMap(([s, h]) => corner(end, s, h)));
	const walls = [0, 1, 2, 3].flatMap((i) => {
		const j = (i + 1) % 4;
		return [i, i + 4, j + 4, i, j + 4, j];
	});
	const indices = [...walls, 0, 1, 2, 0, 2, 3, 4, 6, 5, 4, 7, 6];
	return crease(meshOf(positions, new Float32Array(16), indices), 30);
}
