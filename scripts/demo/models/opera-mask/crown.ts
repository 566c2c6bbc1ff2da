import { melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { cells, ramp } from '../../sdf/noise.ts';
import { mirroredX } from '../../sdf/place.ts';
import { ellipsoid, ring, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { type Station, sweep } from '../../sdf/sweep.ts';
import { MASK } from './stuff.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** Where the crown meets the forehead, at an angle from the middle (0) to the ear. */
function onHead(angleRad: number, yM: number, outM: number): readonly [number, number, number] {
	const shrink = Math.sqrt(Math.max(0.2, 1 - (yM / 0.19) ** 2));
	return [
		(0.1 * shrink + outM) * Math.sin(angleRad),
		yM + 0.012 * Math.cos(angleRad),
		-0.045 + (0.112 * shrink + outM) * Math.cos(angleRad),
	];
}

function band(yM: number, outM: number, widthM: number, thickM: number): Solid {
	const stations: Station[] = [];
	for (let i = 0; i <= 18; i++) {
		const at = onHead((i / 18) * 1.52 - 0.02, yM, outM);
		stations.push({ at, halfWidthM: thickM, halfThickM: widthM });
	}
	return sweep({ stations, face: [0, 1, 0], squareness: 4 });
}

function fuzzy(center: readonly [number, number, number], radiusM: number): Solid {
	return raised(sphere(center, radiusM), 0.0022, (x, y, z) => {
		const tuft = cells(x * 420, y * 420, z * 420, 9).first;
		return 0.002 * ramp(0.75, 0.1, tuft);
	});
}

/** Rows of pompons on their wires, smaller upwards. */
function pompons(): Solid {
	const balls: Solid[] = [];
	const wires: Solid[] = [];
	const rows = [
		{ yM: 0.142, outM: 0.011, radiusM: 0.0118, angles: [0.2, 0.6, 1.0, 1.36], stuff: MASK.red },
		{ yM: 0.163, outM: 0.008, radiusM: 0.0108, angles: [0, 0.42, 0.84, 1.2], stuff: MASK.blue },
		{ yM: 0.183, outM: 0.0035, radiusM: 0.0098, angles: [0.24, 0.72], stuff: MASK.red },
	];
	for (const { yM, outM, radiusM, angles, stuff } of rows) {
		for (const angle of angles) {
			const [x, y, z] = onHead(angle, yM - 0.028, outM);
			const top: readonly [number, number, number] = [x, y + 0.028, z];
			balls.push(madeOf(stuff, fuzzy(top, radiusM)));
			wires.push(
				line(
					3,
					[x * 0.96, y, z - 0.01, 0.0014, 0.0014],
					[x, y + 0.014, z - 0.002, 0.0014, 0.0014],
					[...top, 0.0014, 0.0014],
				),
			);
		}
	}
	return union(...balls, madeOf(MASK.gold, union(...wires)));
}

/** A flaming pearl between two phoenix wings of scrollwork, over the middle of the band. */
function frontlet(): Solid {
	const scrolls: Solid[] = [];
	for (let i = 0; i < 4; i++) {
		const [x, y, z] = onHead(0.2 + i * 0.3, 0.104, 0.006);
		scrolls.push(
			sweep({
				stations: curl({
					from: [x, y - 0.004, z],
					headingRad: 1.9 - i * 0.28,
					lengthM: 0.05 - 0.004 * i,
					bendRad: -0.8,
					curlRad: -4.6,
					curlFrom: 0.35,
					halfWidthM: 0.0044,
					halfThickM: 0.005,
					steps: 20,
					taper: (t) => 1 - 0.5 * t,
				}),
				relief: ({ acrossM, halfWidthM }) => -0.001 * ramp(0.4, 0, Math.abs(acrossM / halfWidthM)),
				reliefMostM: 0.001,
			}),
		);
	}
	const flame = [-1, 0, 1].map((i) =>
		sweep({
			stations: curl({
				from: [0.009 * Math.abs(i), 0.126, 0.066],
				headingRad: 1.57 - 0.5 * Math.abs(i),
				lengthM: 0.034,
				bendRad: 0.3 * i,
				curlRad: 0.9 * Math.abs(i),
				halfWidthM: 0.0055,
				halfThickM: 0.0045,
				steps: 10,
			}),
		}),
	);
	return union(
		madeOf(MASK.gold, union(...scrolls, ...flame, ring([0, 0.116, 0.0665], 2, 0.0132, 0.0026))),
		madeOf(MASK.red, ellipsoid([0, 0.116, 0.0655], [0.0115, 0.0115, 0.0085])),
	);
}

/** The headdress: two gilt bands with a row of pearls, scrollwork, pompons. Both sides. */
export function crown(): Solid {
	const pearls: Solid[] = [];
	for (let i = 0; i < 17; i++) {
		const [x, y, z] = onHead(0.045 + i * 0.09, 0.093, 0.0065);
		pearls.push(sphere([x, y, z], 0.0036));
	}
	const cap = ellipsoid([0, 0.072, -0.05], [0.09, 0.092, 0.09]);
	const half = union(
		madeOf(
			MASK.gold,
			union(band(0.0845, 0.0035, 0.003, 0.0045), band(0.102, 0.0035, 0.003, 0.0045)),
		),
		madeOf(MASK.crown, melt(0.002, band(0.093, 0.0005, 0.009, 0.004), cappedBack(cap))),
		madeOf(MASK.pearl, union(...pearls)),
		frontlet(),
		pompons(),
	);
	return mirroredX(half);
}

/** The cap's front half only, hollow like the mask. */
function cappedBack(cap: Solid): Solid {
	return {
		at: (x, y, z) => Math.max(cap.at(x, y, z), -cap.at(x, y, z) - 0.007, 0.085 - y, -0.05 - z),
	};
}
