import { carve, melt, union } from '../../sdf/combine.ts';
import { drawn, type Knot } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import { block, ellipsoid, ring, rod, sphere } from '../../sdf/primitives.ts';
import type { Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { snail } from './snail.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** Skull, muzzle, an open mouth with tongue, teeth and a stone ball. */
function skull(): Solid {
	const mass = melt(
		0.014,
		ellipsoid([0, 0.405, 0.045], [0.078, 0.074, 0.066]),
		ellipsoid([0.034, 0.372, 0.095], [0.032, 0.028, 0.034]),
		ellipsoid([0, 0.375, 0.105], [0.034, 0.024, 0.036]),
		ellipsoid([0, 0.333, 0.085], [0.048, 0.023, 0.046]),
		ellipsoid([0, 0.412, 0.104], [0.022, 0.03, 0.026]),
		ellipsoid([0.057, 0.372, 0.06], [0.026, 0.035, 0.032]),
	);
	const nose = melt(
		0.006,
		ellipsoid([0, 0.4, 0.139], [0.02, 0.014, 0.014]),
		ellipsoid([0.018, 0.3955, 0.132], [0.0135, 0.0115, 0.0125]),
	);
	const cavity = melt(
		0.01,
		ellipsoid([0, 0.351, 0.118], [0.046, 0.0125, 0.05]),
		ellipsoid([0.03, 0.354, 0.1], [0.026, 0.0125, 0.034]),
	);
	const nostril = ellipsoid([0.017, 0.3935, 0.1435], [0.0055, 0.0045, 0.006]);
	return carve(0.003, carve(0.004, melt(0.006, mass, nose), cavity), nostril);
}

function mouth(): Solid {
	const teeth = [0.0055, 0.0165, 0.0272].map((x, i) =>
		block([x, 0.3605 + 0.0006 * i, 0.1295 - 0.0075 * i], [0.0048, 0.006, 0.005], 0.0022),
	);
	const low = [0.0055, 0.0165, 0.0268].map((x, i) =>
		block([x, 0.3455, 0.1255 - 0.0085 * i], [0.0046, 0.0048, 0.005], 0.0022),
	);
	const fang = line(
		5,
		[0.0375, 0.366, 0.1095, 0.0068, 0.0068],
		[0.039, 0.354, 0.1115, 0.0052, 0.0052],
		[0.039, 0.342, 0.1095, 0.002, 0.002],
	);
	const tongue = sweep({
		stations: drawn(
			[
				[0, 0.343, 0.075, 0.023, 0.007],
				[0, 0.3465, 0.105, 0.021, 0.0065],
				[0, 0.3475, 0.121, 0.014, 0.005],
			],
			6,
		),
		face: [0, 1, 0],
	});
	const upperLip = line(
		7,
		[0, 0.372, 0.1425, 0.005, 0.0055],
		[0.018, 0.3655, 0.1365, 0.0058, 0.006],
		[0.036, 0.3655, 0.1215, 0.0062, 0.0062],
		[0.0525, 0.3665, 0.0985, 0.0058, 0.006],
		[0.0615, 0.3575, 0.0785, 0.004, 0.004],
	);
	const lowerLip = line(
		7,
		[0, 0.3345, 0.131, 0.0052, 0.0052],
		[0.02, 0.335, 0.1255, 0.0055, 0.0055],
		[0.04, 0.3395, 0.1085, 0.0055, 0.0055],
		[0.056, 0.3495, 0.0875, 0.0048, 0.0048],
		[0.0615, 0.3575, 0.0785, 0.004, 0.004],
	);
	return union(
		...teeth,
		...low,
		fang,
		tongue,
		melt(0.002, upperLip, lowerLip),
		sphere([0.006, 0.3505, 0.106], 0.0125),
	);
}

function eye(): Solid {
	const ball = carve(
		0.0016,
		sphere([0.0385, 0.415, 0.0985], 0.0178),
		sphere([0.0365, 0.4145, 0.1195], 0.0068),
	);
	const lid = line(
		7,
		[0.018, 0.41, 0.112, 0.0036, 0.0042],
		[0.028, 0.427, 0.1155, 0.0045, 0.005],
		[0.0455, 0.431, 0.108, 0.0048, 0.0052],
		[0.0595, 0.4215, 0.0935, 0.0042, 0.0046],
		[0.064, 0.409, 0.0835, 0.002, 0.0026],
	);
	const under = line(
		7,
		[0.018, 0.41, 0.112, 0.003, 0.0036],
		[0.03, 0.3995, 0.1165, 0.0036, 0.004],
		[0.0475, 0.3985, 0.1085, 0.0038, 0.0042],
		[0.0595, 0.405, 0.094, 0.0032, 0.0036],
	);
	const brow = sweep({
		stations: drawn(
			[
				[0.006, 0.4255, 0.1245, 0.0065, 0.007],
				[0.021, 0.4435, 0.1165, 0.0085, 0.009],
				[0.0425, 0.4515, 0.1035, 0.0092, 0.0095],
				[0.062, 0.444, 0.083, 0.0082, 0.0085],
				[0.075, 0.449, 0.0665, 0.003, 0.0035],
			],
			8,
		),
		relief: ({ alongM, t }) => 0.0022 * Math.abs(Math.sin(alongM * 330)) * ramp(1, 0.85, t),
		reliefMostM: 0.0025,
	});
	return union(ball, melt(0.002, lid, under), brow);
}

/** Whisker pads, cheek folds, ear, the beard's row of curls. */
function trimmings(): Solid {
	const pads = [
		[0.026, 0.3865, 0.1345],
		[0.0385, 0.3825, 0.124],
		[0.031, 0.3765, 0.1345],
		[0.0435, 0.3745, 0.1205],
	].map(([x = 0, y = 0, z = 0]) => sphere([x, y, z], 0.0036));
	const folds = [0, 1].map((i) =>
		line(
			6,
			[0.058 + i * 0.007, 0.3955, 0.089 - i * 0.011, 0.003, 0.0038],
			[0.067 + i * 0.007, 0.3805, 0.081 - i * 0.011, 0.0042, 0.005],
			[0.0685 + i * 0.007, 0.3625, 0.0715 - i * 0.011, 0.0042, 0.005],
			[0.0605 + i * 0.008, 0.3465, 0.0665 - i * 0.011, 0.0025, 0.003],
		),
	);
	const ear = sweep({
		stations: drawn(
			[
				[0.066, 0.4365, 0.0365, 0.016, 0.0115],
				[0.0815, 0.4455, 0.032, 0.0215, 0.0135],
				[0.0975, 0.4395, 0.026, 0.0185, 0.012],
				[0.111, 0.4225, 0.021, 0.006, 0.006],
			],
			7,
		),
		face: [0.35, 0.1, 1],
		relief: ({ acrossM, halfWidthM, upM }) =>
			upM > 0 ? -0.0065 * ramp(0.62, 0.25, Math.abs(acrossM / halfWidthM)) : 0,
		reliefMostM: 0.007,
	});
	const beard = [0, 1, 2, 3].map((i) =>
		snail(
			[0.006 + 0.0185 * i, 0.311 + 0.0055 * i * i * 0.7, 0.1085 - 0.0105 * i],
			[0.3 * i * 0.4, -0.25, 0.93 - 0.1 * i],
			0.0125,
			i % 2 === 0 ? 1 : -1,
		),
	);
	const crest = [
		snail([0, 0.4755, 0.082], [0, 0.7, 0.714], 0.0195, 1),
		snail([0.033, 0.4705, 0.078], [0.33, 0.68, 0.655], 0.0165, -1),
	];
	return union(...pads, melt(0.002, ...folds), ear, ...beard, ...crest);
}

/** Collar with its bell and two tassels, lying on the chest. */
function collar(): Solid {
	const band = sweep({
		stations: drawn(
			[
				[-0.004, 0.262, 0.1005, 0.0085, 0.005],
				[0.036, 0.272, 0.0935, 0.0085, 0.005],
				[0.068, 0.292, 0.064, 0.0085, 0.005],
				[0.0855, 0.312, 0.022, 0.0085, 0.005],
				[0.07, 0.326, -0.02, 0.0085, 0.005],
			],
			8,
		),
		squareness: 4,
		face: [0.5, 0, 1],
		relief: ({ alongM, acrossM }) =>
			0.0018 * Math.max(0, Math.cos(alongM * 400)) * ramp(0.006, 0.003, Math.abs(acrossM)),
		reliefMostM: 0.002,
	});
	const bell = carve(
		0.0012,
		sphere([0, 0.2385, 0.1075], 0.0205),
		block([0, 0.226, 0.125], [0.002, 0.0125, 0.02], 0.001),
	);
	const tassel = sweep({
		stations: drawn(
			[
				[0.034, 0.267, 0.0965, 0.004, 0.004],
				[0.037, 0.249, 0.0985, 0.0075, 0.0065],
				[0.038, 0.2245, 0.0985, 0.0105, 0.0075],
				[0.038, 0.2175, 0.0975, 0.009, 0.006],
			],
			6,
		),
		relief: ({ acrossM }) => 0.0014 * Math.cos(acrossM * 1500),
		reliefMostM: 0.0015,
	});
	return union(
		band,
		bell,
		ring([0, 0.2385, 0.1075], 1, 0.0208, 0.0022),
		tassel,
		rod([0, 0.262, 0.103], [0, 0.255, 0.107], 0.006),
	);
}

/** The head with everything on it, and the collar. Right half. */
export function head(): Solid {
	return union(melt(0.003, skull(), trimmings()), mouth(), eye(), collar());
}
