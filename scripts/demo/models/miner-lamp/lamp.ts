import { carve, melt, union } from '../../sdf/combine.ts';
import { drawn, type Knot } from '../../sdf/curve.ts';
import { fbm, ramp } from '../../sdf/noise.ts';
import { mirroredZ, moved, turnedBy } from '../../sdf/place.ts';
import { block, drum, ring, rod, sphere, turned } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { type SweepRelief, sweep } from '../../sdf/sweep.ts';

export const LAMP = { pot: 0, iron: 1, wick: 2, oil: 3 } as const;

const line = (steps: number, relief: SweepRelief | null, ...knots: Knot[]) =>
	sweep({
		stations: drawn(knots, steps),
		...(relief && { relief, reliefMostM: 0.0015 }),
	});

/** A twist of two strands around a rod, `pitchM` long. */
const twist =
	(depthM: number, pitchM: number): SweepRelief =>
	({ alongM, acrossM, upM }) => {
		const around = Math.atan2(upM, acrossM);
		return depthM * (Math.abs(Math.cos(around - (alongM / pitchM) * Math.PI)) - 0.6);
	};

/** The pot's wall, outside up and inside down: radius and height, metres. */
const OUTLINE: readonly (readonly [radiusM: number, yM: number])[] = [
	[0, 0.0005],
	[0.026, 0],
	[0.03, 0.003],
	[0.0285, 0.0075],
	[0.037, 0.0175],
	[0.0425, 0.03],
	[0.042, 0.041],
	[0.036, 0.051],
	[0.0245, 0.0575],
	[0.0175, 0.061],
	[0.0165, 0.067],
	[0.0205, 0.0715],
	[0.021, 0.0738],
	[0.0175, 0.0742],
	[0.0135, 0.069],
	[0.0135, 0.062],
	[0.02, 0.0545],
	[0.034, 0.046],
	[0.0375, 0.036],
	[0.032, 0.018],
	[0, 0.008],
];

/** The thrown pot: foot, belly, shoulder, narrow neck; finger rings, a dent, its spout luted on. */
function pot(): Solid {
	const shell = turned(OUTLINE);
	const thrown = raised(shell, 0.0022, (x, y, z) => {
		const climb = y * 1150 + Math.atan2(z, x);
		const rings = 0.00042 * Math.cos(climb) * ramp(0.006, 0.014, y) * ramp(0.062, 0.05, y);
		const lump = 0.0011 * fbm(x * 30, y * 40, z * 30, 2, 3);
		const dent = 0.0016 * ramp(0.016, 0.002, Math.hypot(x - 0.012, y - 0.03, z - 0.042));
		return rings + lump - dent + 0.00022 * fbm(x * 300, y * 300, z * 300, 2, 5);
	});
	const bands = union(
		ring([0, 0.0485, 0], 1, 0.0388, 0.0011),
		ring([0, 0.0453, 0], 1, 0.0406, 0.0009),
	);
	const spout = line(
		7,
		null,
		[-0.032, 0.035, 0, 0.0125, 0.012],
		[-0.046, 0.044, 0, 0.0098, 0.0098],
		[-0.056, 0.0545, 0, 0.0082, 0.0084],
		[-0.0625, 0.0655, 0, 0.0078, 0.008],
	);
	const lip = moved([-0.0628, 0.0662, 0], turnedBy(2, 0.5, ring([0, 0, 0], 1, 0.0062, 0.0024)));
	const bore = rod([-0.05, 0.047, 0], [-0.0655, 0.0725, 0], 0.0036, 0.0056);
	const handle = line(
		9,
		({ acrossM }) => 0.0008 * Math.cos(acrossM * 900),
		[0.0195, 0.0665, 0, 0.0058, 0.0036],
		[0.036, 0.0715, 0, 0.0058, 0.0036],
		[0.0525, 0.062, 0, 0.0056, 0.0035],
		[0.0545, 0.0445, 0, 0.0056, 0.0035],
		[0.0405, 0.0315, 0, 0.0062, 0.0038],
	);
	const ears = mirroredZ(
		carve(
			0.001,
			melt(
				0.004,
				rod([0, 0.051, 0.031], [0, 0.061, 0.036], 0.0085, 0.0066),
				sphere([0, 0.048, 0.032], 0.009),
			),
			rod([-0.02, 0.06, 0.0358], [0.02, 0.06, 0.0358], 0.0029),
		),
	);
	const thumb = sphere([0.0405, 0.0278, 0.0], 0.0105);
	const joined = melt(0.005, thrown, spout, handle, ears, thumb);
	return carve(0.0012, melt(0.0008, joined, bands, lip), bore);
}

/** The forged bail through the ears, a swivel, a twisted stem and the hook with its spike. */
function hanger(): Solid {
	const bail = mirroredZ(
		line(
			8,
			null,
			[-0.0055, 0.057, 0.0345, 0.0017, 0.0017],
			[-0.001, 0.0555, 0.0362, 0.0019, 0.0019],
			[0.0035, 0.0595, 0.0385, 0.002, 0.002],
			[0.001, 0.075, 0.0375, 0.0021, 0.0021],
			[0, 0.095, 0.029, 0.0022, 0.0022],
			[0, 0.1105, 0.0135, 0.0024, 0.0024],
			[0, 0.1145, 0.0, 0.0027, 0.0027],
		),
	);
	const eyelet = ring([0, 0.1195, 0], 2, 0.0062, 0.0022);
	const link = ring([0, 0.13, 0], 0, 0.0066, 0.0021);
	const stemEye = ring([0, 0.1405, 0], 2, 0.0062, 0.0022);
	const stem = line(
		10,
		twist(0.0011, 0.011),
		[0, 0.146, 0, 0.0029, 0.0029],
		[0.0008, 0.158, 0, 0.003, 0.003],
		[-0.0004, 0.172, 0, 0.003, 0.003],
		[0, 0.18, 0, 0.0027, 0.0027],
	);
	const hook = line(
		8,
		null,
		[0, 0.178, 0, 0.0031, 0.0028],
		[0.003, 0.19, 0, 0.0032, 0.0027],
		[0.0005, 0.2035, 0, 0.0034, 0.0026],
		[-0.0125, 0.2115, 0, 0.0036, 0.0026],
		[-0.0265, 0.2065, 0, 0.0034, 0.0025],
		[-0.032, 0.192, 0, 0.0029, 0.0023],
		[-0.0305, 0.178, 0, 0.002, 0.0018],
		[-0.0275, 0.1685, 0, 0.0007, 0.0007],
	);
	const spike = line(
		6,
		null,
		[0.001, 0.1985, 0, 0.003, 0.0026],
		[0.014, 0.2025, 0, 0.0028, 0.0024],
		[0.029, 0.204, 0, 0.0018, 0.0017],
		[0.043, 0.2035, 0, 0.0006, 0.0006],
	);
	const collar = drum([0, 0.1795, 0], 1, 0.0049, 0.0028, 0.0012);
	const iron = melt(
		0.0012,
		union(bail, eyelet),
		link,
		stemEye,
		stem,
		collar,
		melt(0.003, hook, spike),
	);
	return raised(iron, 0.0007, (x, y, z) => {
		const hammered = fbm(x * 190, y * 130, z * 190, 2, 33);
		return 0.00042 * hammered + 0.0003 * fbm(x * 700, y * 700, z * 700, 2, 35);
	});
}

/** A wick pick on a chain of small links from the bail, as miners carried to trim the flame. */
function pick(): Solid {
	const links: Solid[] = [];
	for (let i = 0; i < 9; i++) {
		const y = 0.0905 - i * 0.0062;
		const z = 0.0345 + 0.0042 * Math.sin(i * 0.35) + i * 0.0006;
		links.push(
			moved(
				[0.002, y, z],
				turnedBy(1, i % 2 === 0 ? 0.5 : 2.07, ring([0, 0, 0], 2, 0.0033, 0.0009)),
			),
		);
	}
	const needle = line(
		5,
		null,
		[0.002, 0.0395, 0.0452, 0.0016, 0.0016],
		[0.0025, 0.0325, 0.0468, 0.0017, 0.0017],
		[0.004, 0.0205, 0.0452, 0.0012, 0.0012],
		[0.005, 0.0105, 0.0435, 0.0005, 0.0005],
	);
	return union(...links, needle);
}

/** A filler plug with a knob, tied down; and the wick, its end burnt. */
function plugAndWick(): Solid {
	const plug = raised(
		melt(
			0.002,
			drum([0, 0.0735, 0], 1, 0.0142, 0.0034, 0.0016),
			drum([0, 0.0785, 0], 1, 0.0042, 0.003, 0.001),
			sphere([0, 0.0838, 0], 0.0056),
		),
		0.0005,
		(x, y, z) => 0.0004 * fbm(x * 220, y * 220, z * 220, 2, 8),
	);
	const wick = line(
		6,
		twist(0.0013, 0.006),
		[-0.0588, 0.061, 0, 0.0034, 0.0034],
		[-0.0645, 0.0715, 0, 0.0036, 0.0036],
		[-0.0675, 0.0785, 0.0006, 0.0034, 0.0034],
		[-0.0722, 0.0845, 0.0014, 0.0022, 0.0022],
	);
	return union(madeOf(LAMP.pot, plug), madeOf(LAMP.wick, wick));
}

/** The band of strap iron nailed around the neck of the pot, and its rivets. */
function strap(): Solid {
	const band = carve(
		0.0004,
		drum([0, 0.0625, 0], 1, 0.0194, 0.003, 0.0008),
		drum([0, 0.0625, 0], 1, 0.0164, 0.01),
	);
	const rivets = [0.9, 2.3, 3.9, 5.4].map((a) =>
		sphere([0.0192 * Math.cos(a), 0.0625, 0.0192 * Math.sin(a)], 0.0018),
	);
	return melt(
		0.0006,
		band,
		block([0.0, 0.0625, 0.0205], [0.0032, 0.0034, 0.0012], 0.0006),
		...rivets,
	);
}

/** The lamp; the spout points along −x. */
export function lamp(): Solid {
	return union(
		madeOf(LAMP.pot, pot()),
		plugAndWick(),
		madeOf(LAMP.iron, union(hanger(), pick(), strap())),
	);
}
