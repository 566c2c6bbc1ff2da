import type { Point } from './primitives.ts';
import type { Solid } from './solid.ts';

export interface PetalOptions {
	/** Where it grows from. */
	readonly from: Point;
	/** Direction in the x–y plane, from +x towards +y. */
	readonly headingRad: number;
	readonly lengthM: number;
	readonly halfWidthM: number;
	readonly thickM: number;
	/** How far its tip stands out (+z), how much it cups up at the sides, how much the tip rolls over. */
	readonly riseM: number;
	readonly cupM: number;
	readonly rollM: number;
	/** Number of waves along the rim and their depth, 0 to 1 of the width. */
	readonly waves?: number;
	readonly waveDepth?: number;
	/** Ribs: positive for petals (many fine ones), negative for leaves (one midrib with side veins). */
	readonly ribsM?: number;
	/** 0 blunt and broad at the end, 1 pointed. */
	readonly point?: number;
}

function outline(t: number, point: number): number {
	const blunt = Math.sqrt(Math.max(0, Math.sin(Math.PI * t ** 1.35 * 0.97)));
	const pointed = Math.max(0, Math.sin(Math.PI * t ** 0.7)) ** 0.8;
	return blunt + (pointed - blunt) * point;
}

function ribs(t: number, side: number, depthM: number): number {
	if (depthM >= 0) return depthM * Math.cos(side * 16) * Math.min(1, t * 2.5);
	const mid = 1.6 * depthM * Math.max(0, 1 - Math.abs(side) * 9);
	const veins = depthM * Math.max(0, Math.cos((t - 0.35 * Math.abs(side)) * 38) - 0.55) * 1.6;
	return mid + veins * Math.min(1, Math.abs(side) * 5);
}

/** A petal or leaf: a thin curved blade with a wavy rim. */
export function petal(options: PetalOptions): Solid {
	const { from, lengthM, halfWidthM, thickM } = options;
	const cos = Math.cos(options.headingRad);
	const sin = Math.sin(options.headingRad);
	const { waves = 0, waveDepth = 0, ribsM = 0, point = 0 } = options;
	const middle = [from[0] + (cos * lengthM) / 2, from[1] + (sin * lengthM) / 2] as const;
	const middleZ = from[2] + options.riseM * 0.4;
	const ballM = Math.hypot(lengthM / 2, halfWidthM) + thickM + Math.abs(options.cupM);
	return {
		at: (x, y, z) => {
			const [mx, my, mz] = [x - middle[0], y - middle[1], z - middleZ];
			const away = Math.sqrt(mx * mx + my * my + mz * mz) - ballM;
			if (away > 0.015) return away;
			const [px, py] = [x - from[0], y - from[1]];
			const u = px * cos + py * sin;
			const v = py * cos - px * sin;
			const t = Math.min(1, Math.max(0, u / lengthM));
			const side = v / halfWidthM;
			const wave = 1 + waveDepth * Math.cos(t * waves * 2 * Math.PI + (v > 0 ? 0.8 : 0));
			const half = halfWidthM * outline(t, point) * wave;
			const edge = Math.max(
				(Math.abs(v) - half) * 0.75,
				(Math.abs(u - lengthM / 2) - lengthM / 2) * 0.8,
			);
			const roll = options.rollM * t ** 4 * (1 + 0.6 * side * side);
			const ruffle = waveDepth * halfWidthM * 0.8 * side * side * Math.sin(t * waves * 2 * Math.PI);
			const lift = options.riseM * t ** 1.2 + options.cupM * side * side + roll + ruffle;
			const face = Math.abs(z - from[2] - lift - ribs(t, side, ribsM)) * 0.75 - thickM;
			const k = 0.0022;
			const h = Math.max(k - Math.abs(edge - face), 0) / k;
			return Math.max(edge, face) + h * h * k * 0.25;
		},
	};
}
