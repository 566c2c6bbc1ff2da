import { melt, union } from '../../sdf/combine.ts';
import { petal } from '../../sdf/petal.ts';
import { ellipsoid, sphere } from '../../sdf/primitives.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { BRICK } from './stuff.ts';

interface Ring {
	readonly count: number;
	readonly baseM: number;
	readonly lengthM: number;
	readonly halfWidthM: number;
	readonly zM: number;
	readonly riseM: number;
	readonly cupM: number;
	readonly rollM: number;
}

const RINGS: readonly Ring[] = [
	{
		count: 8,
		baseM: 0.026,
		lengthM: 0.06,
		halfWidthM: 0.03,
		zM: 0.0165,
		riseM: 0.008,
		cupM: 0.007,
		rollM: 0.006,
	},
	{
		count: 8,
		baseM: 0.02,
		lengthM: 0.05,
		halfWidthM: 0.0265,
		zM: 0.023,
		riseM: 0.014,
		cupM: 0.009,
		rollM: 0.005,
	},
	{
		count: 7,
		baseM: 0.013,
		lengthM: 0.04,
		halfWidthM: 0.0225,
		zM: 0.028,
		riseM: 0.022,
		cupM: 0.01,
		rollM: 0.003,
	},
	{
		count: 5,
		baseM: 0.006,
		lengthM: 0.03,
		halfWidthM: 0.019,
		zM: 0.033,
		riseM: 0.027,
		cupM: 0.011,
		rollM: -0.006,
	},
];

function rosette(
	cx: number,
	cy: number,
	rings: readonly Ring[],
	size: number,
	spin: number,
): Solid[] {
	const petals: Solid[] = [];
	for (const [r, ring] of rings.entries()) {
		for (let i = 0; i < ring.count; i++) {
			// No two petals quite alike.
			const jitter = Math.sin(i * 12.9898 + r * 78.233) * 0.5;
			const headingRad = ((i + (r % 2) * 0.5) / ring.count) * 2 * Math.PI + spin + jitter * 0.14;
			const scale = size * (1 + 0.12 * jitter);
			petals.push(
				petal({
					from: [
						cx + Math.cos(headingRad) * ring.baseM * size,
						cy + Math.sin(headingRad) * ring.baseM * size,
						0.0155 + (ring.zM - 0.0155) * size + 0.0012 * (i % 2),
					],
					headingRad,
					lengthM: ring.lengthM * scale,
					halfWidthM: ring.halfWidthM * scale,
					thickM: 0.0026,
					riseM: ring.riseM * size,
					cupM: ring.cupM * size,
					rollM: ring.rollM * size,
					waves: 3 + (i % 2),
					waveDepth: 0.075,
					ribsM: 0.00055,
				}),
			);
		}
	}
	return petals;
}

/** Stamens: a dome of little knobs in the middle. */
function heart(): Solid {
	const knobs: Solid[] = [];
	for (let i = 0; i < 26; i++) {
		const r = 0.0135 * Math.sqrt((i + 0.5) / 26);
		const a = i * 2.399_963;
		knobs.push(sphere([r * Math.cos(a), r * Math.sin(a), 0.0505 - 26 * r * r], 0.0029));
	}
	return madeOf(
		BRICK.heart,
		melt(0.001, ellipsoid([0, 0, 0.034], [0.0165, 0.0165, 0.0145]), ...knobs),
	);
}

/** The full flower in the middle and two half-open ones in the corners. */
export function peony(): Solid {
	const full = union(...rosette(0, 0, RINGS, 1, 0.2));
	const seat = ellipsoid([0, 0, 0.014], [0.045, 0.045, 0.018]);
	const small = RINGS.slice(1);
	const buds = [
		[-0.094, 0.09, 0.56, 0.9],
		[0.092, -0.093, 0.56, 2.1],
	].flatMap(([x = 0, y = 0, size = 1, spin = 0]) => [
		...rosette(x, y, small, size, spin),
		ellipsoid([x, y, 0.021], [0.017, 0.017, 0.016]),
	]);
	return union(madeOf(BRICK.petal, union(full, seat, ...buds)), heart());
}
