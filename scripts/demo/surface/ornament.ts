import { smoothCurve } from './curve.ts';
import type { Vec2 } from './mesh.ts';

/** A spiral of `turns` round `center`, from its eye outward, ending at `radius` and `endRad`. */
export function spiral(
	center: Vec2,
	radius: number,
	turns: number,
	endRad: number,
	isClockwise = false,
): Vec2[] {
	const steps = Math.ceil(turns * 28);
	const way = isClockwise ? -1 : 1;
	return Array.from({ length: steps + 1 }, (_, i) => {
		const t = i / steps;
		const angle = endRad - way * (1 - t) * turns * 2 * Math.PI;
		const r = radius * (0.12 + 0.88 * t);
		return [center[0] + r * Math.cos(angle), center[1] + r * Math.sin(angle)];
	});
}

/**
 * A cloud of the ruyi kind, `size` wide about `center`: two inward curls, a crown above them and
 * a tail that trails to the left (to the right when flipped).
 */
export function ruyiCloud(center: Vec2, size: number, isFlipped = false): Vec2[][] {
	const way = isFlipped ? -1 : 1;
	const at = (x: number, y: number): Vec2 => [center[0] + way * x * size, center[1] + y * size];
	const curl = (x: number, y: number, r: number, turns: number, end: number, cw: boolean) =>
		spiral([x, y], r, turns, end, cw).map(([a, b]) => at(a, b));
	return [
		curl(-0.2, 0, 0.17, 1.4, 0.2, true),
		curl(0.2, 0, 0.17, 1.4, Math.PI - 0.2, false),
		smoothCurve([at(-0.36, 0.04), at(-0.26, 0.24), at(0, 0.34), at(0.26, 0.24), at(0.36, 0.04)], 8),
		curl(0, 0.16, 0.1, 1.2, -Math.PI / 2, false),
		smoothCurve([at(-0.3, -0.12), at(-0.55, -0.2), at(-0.85, -0.06), at(-1.05, -0.14)], 8),
		smoothCurve([at(-0.16, -0.17), at(-0.4, -0.3), at(-0.68, -0.24), at(-0.85, -0.3)], 8),
	];
}

/** A key fret (回纹) from x0 to x1: one line of squared spirals `height` tall standing on `y`. */
export function fret(x0: number, x1: number, y: number, height: number, count: number): Vec2[] {
	const w = (x1 - x0) / count;
	const h = height;
	return Array.from({ length: count }, (_, i) => {
		const x = x0 + i * w;
		const to = (a: number, b: number): Vec2 => [x + a * w, y + b * h];
		return [
			to(0, 0),
			to(0, 1),
			to(0.75, 1),
			to(0.75, 0.3),
			to(0.35, 0.3),
			to(0.35, 0.65),
			to(0.55, 0.65),
			to(0.55, 0.5),
			to(0.55, 0.65),
			to(0.35, 0.65),
			to(0.35, 0.3),
			to(0.75, 0.3),
			to(0.75, 1),
			to(0.88, 1),
			to(0.88, 0),
			to(1, 0),
		];
	}).flat();
}

/** The edge of a lotus petal pointing up, standing on `base`, with a small waist and a sharp tip. */
export function lotusPetal(base: Vec2, width: number, height: number): Vec2[] {
	const half: Vec2[] = [
		[-0.36, 0],
		[-0.5, 0.3],
		[-0.44, 0.62],
		[-0.2, 0.84],
		[0, 1],
	];
	const mirrored = half
		.slice(0, -1)
		.reverse()
		.map(([x, y]): Vec2 => [-x, y]);
	const edge = [...smoothCurve(half, 6), ...smoothCurve([[0, 1], ...mirrored], 6).slice(1)];
	return edge.map(([x, y]) => [base[0] + x * width, base[1] + y * height]);
}

/** The height (0..1 of `size`) of overlapping fish scales at a point of a skin, tips toward +x. */
export function scales(x: number, y: number, size: number): number {
	let best = 0;
	for (let k = -1; k <= 1; k++) {
		const row = Math.floor(x / size) + k;
		const offset = row % 2 === 0 ? 0 : 0.5;
		const dy = y / size - offset;
		const dx = x / size - row;
		const off = dy - Math.round(dy);
		const d = Math.hypot(Math.max(0, dx - 0.35) * 1.05, off * 1.25);
		if (dx > -0.3 && d < 0.68)
			best = Math.max(best, (0.35 + 0.65 * Math.min(1, dx * 0.62 + 0.2)) * (1 - d * d * 0.6));
	}
	return best;
}
