import { carve, clip, melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import { mirroredX } from '../../sdf/place.ts';
import { ellipsoid, halfSpace, ring, rod, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { crown } from './crown.ts';
import { MASK } from './stuff.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** The face carved from one block: brow ridge, cheekbones, nose, chin; hollow behind. Right half. */
function face(): Solid {
	const skull = ellipsoid([0, 0, -0.045], [0.1, 0.137, 0.112]);
	const brow = line(
		7,
		[0.0, 0.052, 0.066, 0.014, 0.014],
		[0.026, 0.053, 0.062, 0.0155, 0.014],
		[0.055, 0.056, 0.044, 0.0155, 0.013],
		[0.078, 0.045, 0.02, 0.011, 0.011],
	);
	const cheek = ellipsoid([0.05, -0.022, 0.034], [0.032, 0.026, 0.026]);
	const nose = melt(
		0.012,
		line(
			7,
			[0, 0.042, 0.068, 0.0095, 0.011],
			[0, 0.015, 0.079, 0.0115, 0.0135],
			[0, -0.008, 0.0895, 0.0155, 0.0155],
			[0, -0.016, 0.09, 0.0165, 0.0155],
		),
		ellipsoid([0.0175, -0.0175, 0.0785], [0.0105, 0.0095, 0.0125]),
	);
	const muzzle = ellipsoid([0, -0.062, 0.045], [0.042, 0.036, 0.032]);
	const chin = ellipsoid([0, -0.108, 0.035], [0.03, 0.023, 0.027]);
	const block = melt(0.016, skull, brow, cheek, nose, muzzle, chin);
	const socket = ellipsoid([0.041, 0.025, 0.06], [0.027, 0.0155, 0.017]);
	const nostril = ellipsoid([0.0115, -0.0255, 0.086], [0.005, 0.0045, 0.0065]);
	const fold = line(
		7,
		[0.024, -0.016, 0.084, 0.0024, 0.004],
		[0.036, -0.034, 0.076, 0.0028, 0.004],
		[0.045, -0.058, 0.066, 0.0026, 0.004],
		[0.046, -0.078, 0.058, 0.001, 0.002],
	);
	const furrow = line(
		5,
		[0.005, 0.057, 0.0835, 0.0016, 0.003],
		[0.0065, 0.068, 0.0815, 0.002, 0.0035],
		[0.005, 0.081, 0.077, 0.001, 0.002],
	);
	return carve(0.003, carve(0.004, block, union(socket, nostril)), union(fold, furrow));
}

/** Eyes with a slit to look through, lids, flaming eyebrows. Right half. */
function eyes(): Solid {
	const ball = ellipsoid([0.041, 0.0245, 0.042], [0.0195, 0.0135, 0.0165]);
	const pupil = sphere([0.0385, 0.0245, 0.0545], 0.0062);
	const upper = line(
		7,
		[0.0165, 0.0195, 0.0545, 0.0022, 0.003],
		[0.028, 0.0345, 0.0585, 0.0032, 0.0038],
		[0.045, 0.0385, 0.056, 0.0034, 0.004],
		[0.06, 0.033, 0.0465, 0.003, 0.0036],
		[0.0735, 0.0375, 0.033, 0.0014, 0.002],
	);
	const lower = line(
		7,
		[0.0165, 0.0195, 0.0545, 0.002, 0.0028],
		[0.029, 0.0115, 0.0575, 0.0026, 0.0032],
		[0.046, 0.0095, 0.0545, 0.0028, 0.0034],
		[0.06, 0.0185, 0.046, 0.0024, 0.003],
		[0.0685, 0.031, 0.0375, 0.001, 0.0016],
	);
	const brows = [0, 1, 2, 3].map((i) =>
		sweep({
			stations: curl({
				from: [0.018 + i * 0.0135, 0.0555 + 0.0035 * i, 0.0735 - 0.0052 * i],
				headingRad: 1.15 - 0.16 * i,
				lengthM: 0.044 + 0.003 * i,
				bendRad: -0.7,
				curlRad: 2.9,
				halfWidthM: 0.0074,
				halfThickM: 0.0072,
				driftM: -0.012 - 0.006 * i,
				steps: 16,
			}),
			relief: ({ acrossM, halfWidthM, t }) =>
				0.0011 * Math.cos((acrossM / halfWidthM) * 6.3) * ramp(1, 0.8, t),
			reliefMostM: 0.0012,
		}),
	);
	return union(
		madeOf(
			MASK.eye,
			carve(0.0008, ball, rod([0.0385, 0.0245, 0.04], [0.0385, 0.0245, 0.07], 0.0026)),
		),
		madeOf(
			MASK.eye,
			carve(0.0006, pupil, rod([0.0385, 0.0245, 0.04], [0.0385, 0.0245, 0.07], 0.0026)),
		),
		madeOf(MASK.lid, melt(0.002, upper, lower)),
		madeOf(MASK.brow, union(...brows)),
	);
}

/** An open mouth with teeth, two tusks, full lips, and a stylised ear with a drop. Right half. */
function mouthAndEars(): Solid {
	const upperLip = line(
		7,
		[0, -0.0555, 0.0815, 0.0058, 0.0062],
		[0.0135, -0.0535, 0.0795, 0.0056, 0.006],
		[0.028, -0.0565, 0.0725, 0.0048, 0.0052],
		[0.041, -0.0665, 0.0625, 0.003, 0.0034],
		[0.0465, -0.0635, 0.0585, 0.0014, 0.002],
	);
	const lowerLip = line(
		7,
		[0, -0.0835, 0.0765, 0.0068, 0.0066],
		[0.0155, -0.082, 0.074, 0.0062, 0.006],
		[0.0295, -0.0755, 0.0685, 0.0048, 0.005],
		[0.041, -0.0665, 0.0625, 0.003, 0.0034],
	);
	const teeth = [0.0045, 0.0132, 0.0215].map((x) =>
		ellipsoid([x, -0.0615, 0.0735 - x * 0.22], [0.0046, 0.0072, 0.0052]),
	);
	const low = [0.0046, 0.0132, 0.0212].map((x) =>
		ellipsoid([x, -0.0775, 0.0715 - x * 0.2], [0.0044, 0.0058, 0.0048]),
	);
	const tusk = line(
		6,
		[0.0285, -0.075, 0.0665, 0.0042, 0.0042],
		[0.034, -0.063, 0.0755, 0.0036, 0.0036],
		[0.0375, -0.0475, 0.0755, 0.0022, 0.0022],
		[0.0375, -0.0405, 0.073, 0.0008, 0.0008],
	);
	const ear = melt(
		0.004,
		line(
			8,
			[0.098, 0.028, -0.042, 0.006, 0.006],
			[0.112, 0.036, -0.035, 0.007, 0.007],
			[0.1175, 0.018, -0.03, 0.0068, 0.0068],
			[0.111, -0.004, -0.03, 0.006, 0.006],
			[0.101, -0.022, -0.035, 0.006, 0.006],
		),
		ellipsoid([0.1025, 0.008, -0.042], [0.0095, 0.024, 0.008]),
	);
	const drop = union(
		ring([0.105, -0.037, -0.032], 2, 0.0072, 0.0022),
		ellipsoid([0.105, -0.0555, -0.032], [0.006, 0.0105, 0.006]),
	);
	return union(
		madeOf(MASK.lip, melt(0.003, upperLip, lowerLip)),
		madeOf(MASK.tooth, union(...teeth, ...low, tusk)),
		madeOf(MASK.skin, ear),
		madeOf(MASK.gold, drop),
	);
}

/** Moustache and beard carved in wavy strands. Right half, the middle strand on the axis. */
function beard(): Solid {
	const strands: Solid[] = [];
	for (let i = 0; i < 8; i++) {
		const t = i / 7;
		const x = 0.003 + 0.075 * t;
		const y = -0.118 + 0.052 * t * t;
		const z = 0.052 - 0.052 * t ** 1.5;
		const lengthM = 0.078 - 0.02 * t;
		strands.push(
			sweep({
				stations: drawn(
					[
						[x, y + 0.006, z, 0.0062, 0.0055],
						[x + 0.005, y - lengthM * 0.28, z + 0.007, 0.0078, 0.0068],
						[x + 0.001 + 0.003 * t, y - lengthM * 0.58, z + 0.002, 0.0068, 0.006],
						[x + 0.006, y - lengthM * 0.85, z + 0.001, 0.0042, 0.004],
						[x + 0.002, y - lengthM, z + 0.003, 0.001, 0.001],
					],
					7,
				),
				relief: ({ acrossM, halfWidthM, t: s }) =>
					0.0012 * Math.cos((acrossM / halfWidthM) * 7.5) * ramp(1, 0.85, s),
				reliefMostM: 0.0013,
			}),
		);
	}
	const moustache = [0, 1, 2].map((i) =>
		sweep({
			stations: drawn(
				[
					[0.004 + i * 0.002, -0.0385 - i * 0.004, 0.0835, 0.003, 0.003],
					[0.022, -0.041 - i * 0.0045, 0.0795, 0.0042, 0.0042],
					[0.042, -0.0505 - i * 0.0045, 0.067, 0.004, 0.004],
					[0.058, -0.068 - i * 0.003, 0.05, 0.0032, 0.0032],
					[0.071, -0.062 + i * 0.006, 0.036, 0.001, 0.001],
				],
				6,
			),
		}),
	);
	return madeOf(MASK.beard, union(...strands, melt(0.0012, ...moustache)));
}

/** Tool marks of the gouge on the hollow back. */
function hollow(): Solid {
	return raised(ellipsoid([0, -0.002, -0.068], [0.088, 0.122, 0.114]), 0.0016, (x, y, z) => {
		const gouge = cells(x * 75, y * 38, z * 75, 3).first;
		return 0.0014 * ramp(0.75, 0.1, gouge);
	});
}

/** The whole mask, open at the back. */
export function mask(): Solid {
	const carved = melt(0.0015, madeOf(MASK.skin, face()), mouthAndEars());
	const half = union(carved, eyes(), beard());
	const shell = carve(0.002, clip(0.003, half, halfSpace([0, 0, -1], 0.048)), hollow());
	const dry = raised(shell, 0.0008, (x, y, z) => {
		const split = Math.abs(fbm(x * 26, y * 3.2, z * 12, 3, 47));
		return (
			0.00016 * fbm(x * 240, y * 90, z * 240, 2, 5) -
			0.0006 * ramp(0.012, 0.003, split) * ramp(0.02, 0.08, y)
		);
	});
	const mouthHole = ellipsoid([0, -0.0695, 0.05], [0.024, 0.0048, 0.05]);
	return union(mirroredX(carve(0.001, dry, mouthHole)), crown());
}
