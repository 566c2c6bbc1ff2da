import type { Vec2, Vec3 } from './mesh.ts';

/**
 * A smooth curve through `points` (centripetal enough for evenly laid points: uniform
 * Catmull-Rom), sampled `perSpan` times between neighbours. Works in any number of dimensions.
 */
export function smoothCurve<P extends Vec2 | Vec3>(
	points: readonly P[],
	perSpan: number,
	closed = false,
): P[] {
	const n = points.length;
	const pick = (i: number): P => {
		const at = closed ? ((i % n) + n) % n : Math.min(n - 1, Math.max(0, i));
		return points[at] as P;
	};
	const out: P[] = [];
	const spans = closed ? n : n - 1;
	for (let i = 0; i < spans; i++) {
		for (let k = 0; k < perSpan; k++) {
			const t = k / perSpan;
			const [a, b, c, d] = [pick(i - 1), pick(i), pick(i + 1), pick(i + 2)];
			out.push(
				b.map((_, x) => spline(a[x] ?? 0, b[x] ?? 0, c[x] ?? 0, d[x] ?? 0, t)) as unknown as P,
			);
		}
	}
	out.push(pick(closed ? 0 : n - 1));
	return out;
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
	return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/**
 * The same line with points no further apart than `stepM`, its corners kept: what a revolved or
 * swept outline needs before it is displaced.
 */
export function evenSteps<P extends Vec2 | Vec3>(points: readonly P[], stepM: number): P[] {
	const out: P[] = [];
	for (let i = 0; i + 1 < points.length; i++) {
		const [a, b] = [points[i] as P, points[i + 1] as P];
		const steps = Math.max(1, Math.ceil(distance(a, b) / stepM));
		for (let k = 0; k < steps; k++) {
			out.push(a.map((x, j) => x + (((b[j] ?? 0) - x) * k) / steps) as unknown as P);
		}
	}
	out.push(points[points.length - 1] as P);
	return out;
}

export function distance(a: readonly number[], b: readonly number[]): number {
	return Math.hypot(...a.map((x, i) => x - (b[i] ?? 0)));
}

/**
 * An outline whose corners are rounded with `radiusM` by three-point arcs, so that light finds an
 * edge to catch. The ends stay where they are.
 */
export function softCorners(points: readonly Vec2[], radiusM: number, steps = 3): Vec2[] {
	const out: Vec2[] = [];
	points.forEach((p, i) => {
		const before = points[i - 1];
		const after = points[i + 1];
		if (!before || !after) {
			out.push(p);
			return;
		}
		const cut = Math.min(radiusM, distance(p, before) * 0.45, distance(p, after) * 0.45);
		const a = toward(p, before, cut);
		const b = toward(p, after, cut);
		for (let k = 0; k <= steps; k++) {
			const t = k / steps;
			const x = (1 - t) ** 2 * a[0] + 2 * t * (1 - t) * p[0] + t * t * b[0];
			const y = (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * p[1] + t * t * b[1];
			out.push([x, y]);
		}
	});
	return out;
}

function toward(from: Vec2, to: Vec2, by: number): Vec2 {
	const t = by / (distance(from, to) || 1);
	return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
}
