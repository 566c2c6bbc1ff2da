import { union } from '../../sdf/combine.ts';
import { drawn, type Knot } from '../../sdf/curve.ts';
import { petal } from '../../sdf/petal.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { BRICK } from './stuff.ts';

/** One compound leaf of three lobes at (x, y), pointing along `headingRad`. */
function leaf(x: number, y: number, headingRad: number, sizeM: number, zM: number): Solid[] {
	return [0, -0.72, 0.72].map((turn, i) =>
		petal({
			from: [x, y, zM + (i === 0 ? 0.0035 : 0)],
			headingRad: headingRad + turn,
			lengthM: sizeM * (i === 0 ? 1 : 0.78),
			halfWidthM: sizeM * (i === 0 ? 0.27 : 0.23),
			thickM: 0.0026,
			riseM: 0.007,
			cupM: -0.004,
			rollM: -0.005,
			waves: 4,
			waveDepth: 0.1,
			ribsM: -0.0014,
			point: 0.85,
		}),
	);
}

const LEAVES: readonly (readonly [
	x: number,
	y: number,
	headingRad: number,
	sizeM: number,
	zM: number,
])[] = [
	[0.058, 0.07, 0.95, 0.066, 0.0165],
	[0.085, 0.05, 0.25, 0.054, 0.0175],
	[0.03, 0.092, 1.75, 0.05, 0.0175],
	[-0.06, -0.07, 4.05, 0.066, 0.0165],
	[-0.086, -0.045, 3.35, 0.052, 0.0175],
	[-0.028, -0.092, 4.85, 0.05, 0.0175],
	[-0.088, 0.045, 2.95, 0.048, 0.016],
	[-0.05, 0.098, 1.35, 0.042, 0.016],
	[0.09, -0.048, 6.1, 0.046, 0.016],
	[0.05, -0.1, 4.6, 0.042, 0.016],
	[-0.118, 0.062, 4.3, 0.036, 0.0165],
	[0.116, -0.062, 1.2, 0.036, 0.0165],
	[-0.066, 0.12, 0.1, 0.036, 0.0165],
	[0.064, -0.122, 3.3, 0.036, 0.0165],
];

const STEMS: readonly (readonly Knot[])[] = [
	[
		[0.03, -0.06, 0.018, 0.005, 0.005],
		[0.015, -0.1, 0.018, 0.0048, 0.0048],
		[-0.03, -0.118, 0.0175, 0.0046, 0.0046],
		[-0.085, -0.11, 0.017, 0.0044, 0.0044],
		[-0.12, -0.075, 0.0165, 0.0036, 0.0036],
		[-0.124, -0.035, 0.016, 0.002, 0.002],
	],
	[
		[-0.03, 0.06, 0.018, 0.005, 0.005],
		[-0.015, 0.1, 0.018, 0.0048, 0.0048],
		[0.03, 0.118, 0.0175, 0.0046, 0.0046],
		[0.085, 0.112, 0.017, 0.0044, 0.0044],
		[0.12, 0.078, 0.0165, 0.0036, 0.0036],
		[0.124, 0.035, 0.016, 0.002, 0.002],
	],
	[
		[-0.06, 0.02, 0.018, 0.0045, 0.0045],
		[-0.1, 0.03, 0.018, 0.0042, 0.0042],
		[-0.115, 0.06, 0.018, 0.0042, 0.0042],
		[-0.098, 0.085, 0.018, 0.004, 0.004],
	],
	[
		[0.06, -0.02, 0.018, 0.0045, 0.0045],
		[0.1, -0.03, 0.018, 0.0042, 0.0042],
		[0.115, -0.06, 0.018, 0.0042, 0.0042],
		[0.096, -0.088, 0.018, 0.004, 0.004],
	],
];

/** Stems winding through the field, leaves in every gap. */
export function foliage(): Solid {
	const stems = STEMS.map((knots) => sweep({ stations: drawn(knots, 8) }));
	const leaves = LEAVES.flatMap((place) => leaf(...place));
	return union(madeOf(BRICK.stem, union(...stems)), madeOf(BRICK.leaf, union(...leaves)));
}
