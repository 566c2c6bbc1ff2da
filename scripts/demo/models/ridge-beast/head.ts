import { carve, melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { cells, ramp } from '../../sdf/noise.ts';
import { mirroredZ } from '../../sdf/place.ts';
import { ellipsoid, type Point, ring, rod, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { hornsAndEars, mane, whisker } from './hair.ts';
import { STUFF } from './stuff.ts';

const EYE: Point = [-0.135, 0.445, 0.088];

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** Skull, long upper jaw with its rolled-up nose, lower jaw. One half; mirrored by the caller. */
function skull(): Solid {
	const upperJaw = sweep({
		stations: drawn(
			[
				[0.0, 0.36, 0, 0.085, 0.112],
				[-0.1, 0.385, 0, 0.066, 0.108],
				[-0.19, 0.39, 0, 0.05, 0.096],
				[-0.26, 0.405, 0, 0.044, 0.082],
				[-0.305, 0.445, 0, 0.036, 0.064],
				[-0.305, 0.495, 0, 0.026, 0.05],
			],
			9,
		),
		squareness: 2.6,
	});
	const lowerJaw = sweep({
		stations: drawn(
			[
				[0.04, 0.2, 0, 0.075, 0.108],
				[-0.06, 0.135, 0, 0.046, 0.112],
				[-0.16, 0.105, 0, 0.036, 0.108],
				[-0.24, 0.108, 0, 0.032, 0.096],
				[-0.29, 0.14, 0, 0.024, 0.08],
				[-0.305, 0.175, 0, 0.014, 0.06],
			],
			9,
		),
		squareness: 2.6,
	});
	const cheek = ellipsoid([-0.005, 0.31, 0.07], [0.085, 0.1, 0.055]);
	const crown = ellipsoid([-0.07, 0.43, 0], [0.12, 0.085, 0.098]);
	const nose = ellipsoid([-0.285, 0.475, 0.034], [0.036, 0.04, 0.036]);
	const hide = melt(0.018, upperJaw, lowerJaw, cheek, crown, nose);
	// Pimpled hide: low pebbles, fading towards the nose.
	return raised(hide, 0.003, (x, y, z) => {
		const pebble = cells(x * 52, y * 52, z * 52, 77).first;
		return 0.0028 * ramp(0.55, 0.2, pebble) * ramp(-0.26, -0.12, x);
	});
}

/** Rolled nostril, folded lips, wrinkles over the nose: lines laid on the skull. */
function folds(): Solid {
	const nostril = sweep({
		stations: curl({
			from: [-0.235, 0.45, 0.07],
			headingRad: 2.6,
			lengthM: 0.17,
			bendRad: -0.9,
			curlRad: -5.6,
			curlFrom: 0.3,
			halfWidthM: 0.013,
			halfThickM: 0.018,
			steps: 30,
			taper: (t) => 1 - 0.35 * t,
		}),
	});
	const upperLip = line(
		8,
		[0.005, 0.235, 0.104, 0.012, 0.014],
		[-0.035, 0.285, 0.113, 0.014, 0.016],
		[-0.1, 0.325, 0.109, 0.014, 0.016],
		[-0.19, 0.345, 0.096, 0.014, 0.016],
		[-0.262, 0.362, 0.08, 0.014, 0.016],
		[-0.315, 0.405, 0.055, 0.013, 0.016],
		[-0.338, 0.455, 0.03, 0.012, 0.014],
		[-0.335, 0.5, 0.014, 0.008, 0.01],
	);
	const lowerLip = line(
		8,
		[0.005, 0.235, 0.104, 0.012, 0.014],
		[-0.05, 0.175, 0.113, 0.013, 0.015],
		[-0.14, 0.138, 0.108, 0.013, 0.015],
		[-0.23, 0.14, 0.095, 0.013, 0.015],
		[-0.292, 0.175, 0.074, 0.012, 0.014],
		[-0.318, 0.215, 0.05, 0.008, 0.01],
	);
	const wrinkles = [0, 1, 2].map((i) =>
		line(
			6,
			[-0.085 - i * 0.042, 0.375 + i * 0.004, 0.104 - i * 0.007, 0.007, 0.009],
			[-0.11 - i * 0.042, 0.405 + i * 0.004, 0.1 - i * 0.008, 0.0085, 0.011],
			[-0.145 - i * 0.04, 0.418 + i * 0.006, 0.088 - i * 0.008, 0.0085, 0.011],
			[-0.165 - i * 0.036, 0.442 + i * 0.01, 0.055 - i * 0.006, 0.007, 0.009],
			[-0.168 - i * 0.036, 0.45 + i * 0.01, 0.0, 0.006, 0.008],
		),
	);
	return melt(0.006, nostril, upperLip, lowerLip, ...wrinkles);
}

function teeth(): Solid {
	const upper = [
		[-0.06, 0.31, 0.026, 0.009],
		[-0.095, 0.325, 0.028, 0.01],
		[-0.13, 0.335, 0.028, 0.0105],
		[-0.166, 0.342, 0.03, 0.011],
		[-0.212, 0.352, 0.075, 0.015],
		[-0.25, 0.362, 0.036, 0.011],
		[-0.282, 0.385, 0.034, 0.0105],
	] as const;
	const lower = [
		[-0.09, 0.155, 0.024, 0.009],
		[-0.125, 0.145, 0.026, 0.0095],
		[-0.185, 0.135, 0.066, 0.0135],
		[-0.225, 0.142, 0.03, 0.01],
		[-0.265, 0.16, 0.028, 0.01],
	] as const;
	const depth = (x: number) => 0.098 - 0.18 * Math.max(0, -x - 0.15);
	const fang = (x: number, y: number, lengthM: number, radiusM: number, way: number) =>
		sweep({
			stations: drawn(
				[
					[x, y, depth(x), radiusM, radiusM],
					[x + 0.004, y + way * lengthM * 0.55, depth(x) + 0.004, radiusM * 0.8, radiusM * 0.8],
					[x + lengthM * 0.22, y + way * lengthM, depth(x), 0.0025, 0.0025],
				],
				5,
			),
		});
	return union(
		...upper.map(([x, y, l, r]) => fang(x, y, l, r, -1)),
		...lower.map(([x, y, l, r]) => fang(x, y, l, r, 1)),
	);
}

function eye(): Solid {
	const [x, y, z] = EYE;
	const ball = sphere([x, y, z + 0.003], 0.0375);
	const pupil = sphere([x - 0.005, y + 0.001, z + 0.0325], 0.0145);
	const lids = melt(
		0.004,
		line(
			8,
			[x - 0.052, y - 0.008, z - 0.002, 0.006, 0.007],
			[x - 0.034, y + 0.018, z + 0.018, 0.0085, 0.0095],
			[x - 0.004, y + 0.036, z + 0.021, 0.0105, 0.0115],
			[x + 0.032, y + 0.032, z + 0.019, 0.0095, 0.0105],
			[x + 0.064, y + 0.022, z + 0.012, 0.005, 0.006],
		),
		line(
			8,
			[x - 0.05, y - 0.008, z, 0.006, 0.007],
			[x - 0.024, y - 0.03, z + 0.015, 0.0075, 0.0085],
			[x + 0.008, y - 0.034, z + 0.018, 0.008, 0.009],
			[x + 0.038, y - 0.018, z + 0.017, 0.0075, 0.0085],
			[x + 0.06, y + 0.012, z + 0.012, 0.005, 0.006],
		),
	);
	return union(
		madeOf(STUFF.eye, ball),
		madeOf(STUFF.pupil, carve(0.002, pupil, sphere([x - 0.007, y + 0.004, z + 0.049], 0.0075))),
		madeOf(STUFF.lip, lids),
		madeOf(STUFF.mane, ring([x, y, z + 0.004], 2, 0.043, 0.004)),
	);
}

/** Bosses along the jaw line and a rolled muscle on the cheek. */
function cheekBosses(): Solid {
	const bosses = [0, 1, 2, 3, 4].map((i) =>
		sphere([-0.02 - 0.042 * i, 0.178 - 0.02 * i + 0.0035 * i * i, 0.112], 0.0115 - 0.0008 * i),
	);
	const muscle = sweep({
		stations: curl({
			from: [-0.075, 0.335, 0.114],
			headingRad: 0.35,
			lengthM: 0.2,
			bendRad: -1.4,
			curlRad: -5.2,
			curlFrom: 0.35,
			halfWidthM: 0.0155,
			halfThickM: 0.016,
			steps: 26,
			taper: (t) => 1 - 0.5 * t,
		}),
	});
	return union(...bosses, muscle);
}

/** The whole head, both sides. */
export function head(): Solid {
	const socketed = carve(0.008, madeOf(STUFF.head, skull()), sphere([-0.137, 0.445, 0.1], 0.04));
	const face = melt(0.006, socketed, madeOf(STUFF.lip, folds()));
	const tongue = line(
		8,
		[-0.0, 0.225, 0.06, 0.05, 0.04],
		[-0.06, 0.205, 0.088, 0.03, 0.018],
		[-0.12, 0.185, 0.093, 0.02, 0.013],
		[-0.17, 0.205, 0.092, 0.014, 0.01],
		[-0.195, 0.235, 0.088, 0.006, 0.006],
	);
	const palate = rod([-0.2, 0.31, 0.03], [-0.02, 0.27, 0.045], 0.045, 0.06);
	return mirroredZ(
		union(
			melt(0.003, face, madeOf(STUFF.mouth, union(tongue, palate))),
			madeOf(STUFF.lip, cheekBosses()),
			eye(),
			madeOf(STUFF.tooth, teeth()),
			madeOf(STUFF.mane, mane()),
			hornsAndEars(),
			madeOf(STUFF.mane, whisker()),
		),
	);
}
