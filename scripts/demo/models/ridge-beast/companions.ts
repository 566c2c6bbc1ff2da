import { melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { ellipsoid, type Point, sphere } from '../../sdf/primitives.ts';
import { scaleHeight } from '../../sdf/scales.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { STUFF } from './stuff.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });
/** How far out the beast's flank lies where the small dragon winds over it. */
const FLANK_Z_M = 0.107;

/** The foreleg, planted on the foot beside the jaw: scaled arm, flame at the elbow, four talons. */
export function leg(): Solid {
	const arm = sweep({
		stations: drawn(
			[
				[0.16, 0.28, 0.1, 0.045, 0.03],
				[0.185, 0.215, 0.112, 0.042, 0.034],
				[0.16, 0.16, 0.12, 0.033, 0.03],
				[0.1, 0.125, 0.122, 0.027, 0.026],
				[0.055, 0.11, 0.122, 0.024, 0.024],
			],
			8,
		),
		relief: ({ alongM, acrossM }) =>
			scaleHeight({ rowM: 0.0155, pitchM: 0.022, heightM: 0.0045, edgeM: 0.003 }, alongM, acrossM),
		reliefMostM: 0.005,
	});
	const talons: Solid[] = [];
	const toes: Solid[] = [];
	for (let i = 0; i < 4; i++) {
		const a = 2.55 + i * 0.42;
		const tip: Point = [0.05 + 0.05 * Math.cos(a), 0.108 + 0.042 * Math.sin(a), 0.134];
		const [x, y, z] = tip;
		toes.push(
			line(
				5,
				[0.055, 0.11, 0.122, 0.014, 0.014],
				[(x + 0.052) / 2, (y + 0.112) / 2 + 0.008, 0.138, 0.0125, 0.0125],
				[x, y, z, 0.012, 0.012],
			),
		);
		const sx = Math.cos(a);
		const sy = Math.sin(a);
		talons.push(
			line(
				5,
				[x, y, z, 0.0085, 0.0085],
				[x + sx * 0.016, y + sy * 0.016 - 0.002, z + 0.003, 0.0065, 0.0065],
				[x + sx * 0.024, y + sy * 0.024 - 0.012, z - 0.006, 0.0018, 0.0018],
			),
		);
	}
	const flames = [0, 1, 2].map((i) =>
		sweep({
			stations: curl({
				from: [0.19, 0.2 + i * 0.028, 0.118],
				headingRad: -0.45 + i * 0.42,
				lengthM: 0.11,
				bendRad: 0.7,
				curlRad: 3.6,
				halfWidthM: 0.0165,
				halfThickM: 0.0165,
			}),
			relief: ({ acrossM, halfWidthM }) => 0.003 * Math.cos((acrossM / halfWidthM) * 7),
			reliefMostM: 0.003,
		}),
	);
	return union(
		madeOf(STUFF.smallDragon, melt(0.006, arm, ...toes)),
		madeOf(STUFF.claw, union(...talons)),
		madeOf(STUFF.mane, union(...flames)),
	);
}

/** Its skull, jaws and nose, in profile. */
function dragonFace(): Solid {
	const z = FLANK_Z_M;
	return melt(
		0.006,
		ellipsoid([0.088, 0.632, z - 0.004], [0.026, 0.019, 0.018]),
		ellipsoid([0.062, 0.637, z - 0.004], [0.018, 0.0095, 0.012]),
		ellipsoid([0.066, 0.618, z - 0.006], [0.016, 0.006, 0.01]),
		sphere([0.048, 0.643, z - 0.002], 0.0085),
	);
}

/** Horn and mane behind its head. */
function dragonHair(): Solid {
	const z = FLANK_Z_M;
	return union(
		line(
			5,
			[0.1, 0.645, z + 0.002, 0.005, 0.006],
			[0.125, 0.658, z + 0.002, 0.0045, 0.005],
			[0.15, 0.655, z, 0.002, 0.003],
		),
		line(
			5,
			[0.098, 0.622, z + 0.008, 0.006, 0.006],
			[0.122, 0.636, z + 0.01, 0.006, 0.006],
			[0.138, 0.634, z + 0.006, 0.002, 0.003],
		),
		line(
			5,
			[0.095, 0.616, z + 0.006, 0.006, 0.006],
			[0.108, 0.598, z + 0.008, 0.005, 0.006],
			[0.126, 0.592, z + 0.004, 0.002, 0.003],
		),
	);
}

/** The small dragon that winds over the beast's flank. */
export function smallDragon(): Solid {
	const z = FLANK_Z_M;
	const trunk = sweep({
		stations: drawn(
			[
				[0.235, 0.315, z - 0.02, 0.007, 0.008],
				[0.225, 0.365, z - 0.004, 0.014, 0.015],
				[0.165, 0.39, z, 0.0185, 0.019],
				[0.105, 0.415, z + 0.002, 0.02, 0.02],
				[0.1, 0.47, z, 0.02, 0.02],
				[0.155, 0.5, z, 0.0195, 0.02],
				[0.21, 0.53, z - 0.006, 0.019, 0.02],
				[0.205, 0.59, z - 0.012, 0.018, 0.019],
				[0.15, 0.61, z - 0.012, 0.017, 0.018],
				[0.105, 0.625, z - 0.012, 0.015, 0.017],
			],
			9,
		),
		relief: ({ alongM, acrossM }) =>
			scaleHeight(
				{ rowM: 0.0095, pitchM: 0.0125, heightM: 0.0034, edgeM: 0.0024 },
				alongM,
				acrossM,
			),
		reliefMostM: 0.004,
	});
	const legs = melt(
		0.004,
		...(
			[
				[0.12, 0.43, 0.07, 0.45, 0.05, 0.425],
				[0.19, 0.515, 0.235, 0.49, 0.25, 0.52],
				[0.2, 0.57, 0.235, 0.6, 0.225, 0.625],
				[0.2, 0.385, 0.19, 0.345, 0.16, 0.345],
			] as const
		).map(([ax, ay, bx, by, cx, cy]) =>
			line(
				5,
				[ax, ay, z, 0.0105, 0.012],
				[bx, by, z + 0.002, 0.0085, 0.01],
				[cx, cy, z, 0.0065, 0.008],
			),
		),
	);
	return union(
		madeOf(STUFF.smallDragon, melt(0.005, trunk, dragonFace(), legs)),
		madeOf(STUFF.mane, dragonHair()),
		madeOf(STUFF.eye, sphere([0.083, 0.643, z + 0.01], 0.0065)),
	);
}
