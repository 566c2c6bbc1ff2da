import type { Projection, ScrollPoint } from './project.ts';

/** The Yongding from above Yanhecheng through its gorges to the plain, WGS-84 degrees, roughly. */
const COURSE = [
	{ lat: 40.115, lon: 115.45 },
	{ lat: 40.064, lon: 115.68 },
	{ lat: 40.02, lon: 115.79 },
	{ lat: 40.035, lon: 115.9 },
	{ lat: 39.985, lon: 115.99 },
	{ lat: 40.0, lon: 116.045 },
	{ lat: 39.966, lon: 116.1 },
	{ lat: 39.93, lon: 116.132 },
	{ lat: 39.895, lon: 116.154 },
	{ lat: 39.872, lon: 116.19 },
	{ lat: 39.85, lon: 116.26 },
] as const;

const STEPS = 14;
/** Width of the water, units of the picture, where it enters and where it leaves. */
const WIDTH_U = { first: 9, last: 46 };

export interface RiverShapes {
	/** The water, as a filled path. */
	water: string;
	/** Its banks, a little wider. */
	bank: string;
	/** Fine lines along the stream. */
	ripples: readonly string[];
}

/** The river as ink painting leaves it: paper between two banks, wider as it goes. */
export function riverShapes(project: Projection): RiverShapes {
	const line = smooth(COURSE.map(project));
	return {
		water: ribbon(line, 1, 0),
		bank: ribbon(line, 1, 5),
		ripples: [-0.45, 0.05, 0.5].map((side) => offsetLine(line, side)),
	};
}

/** More points on a smooth line through the given ones (uniform Catmull–Rom). */
function smooth(points: readonly ScrollPoint[]): ScrollPoint[] {
	const at = (i: number): ScrollPoint =>
		points[Math.min(Math.max(i, 0), points.length - 1)] ?? { xU: 0, yU: 0 };
	const line: ScrollPoint[] = [];
	for (let i = 0; i < points.length - 1; i++) {
		const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
		for (let step = 0; step < STEPS; step++) {
			const t = step / STEPS;
			const mix = (p: number, q: number, r: number, s: number): number =>
				0.5 *
				(2 * q +
					(r - p) * t +
					(2 * p - 5 * q + 4 * r - s) * t * t +
					(3 * q - p - 3 * r + s) * t ** 3);
			line.push({ xU: mix(a.xU, b.xU, c.xU, d.xU), yU: mix(a.yU, b.yU, c.yU, d.yU) });
		}
	}
	return [...line, at(points.length - 1)];
}

function ribbon(line: readonly ScrollPoint[], side: number, extraU: number): string {
	const left = offsetPoints(line, side, extraU);
	const right = offsetPoints(line, -side, extraU).toReversed();
	return `M${[...left, ...right].join('L')}Z`;
}

function offsetLine(line: readonly ScrollPoint[], side: number): string {
	return `M${offsetPoints(line, side, 0).join('L')}`;
}

/** The line moved sideways by a share of half the water's width, which grows along the way. */
function offsetPoints(line: readonly ScrollPoint[], side: number, extraU: number): string[] {
	return line.map(({ xU, yU }, i) => {
		const before = line[i - 1] ?? { xU, yU };
		const after = line[i + 1] ?? { xU, yU };
		const length = Math.hypot(after.xU - before.xU, after.yU - before.yU) || 1;
		const share = i / (line.length - 1);
		const halfU = (WIDTH_U.first + (WIDTH_U.last - WIDTH_U.first) * share) / 2;
		const shiftU = side * halfU + Math.sign(side) * extraU;
		const x = xU - ((after.yU - before.yU) / length) * shiftU;
		const y = yU + ((after.xU - before.xU) / length) * shiftU;
		return `${x.toFixed(1)} ${y.toFixed(1)}`;
	});
}
