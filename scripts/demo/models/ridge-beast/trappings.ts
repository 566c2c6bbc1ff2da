import { carve, melt, union } from '../../sdf/combine.ts';
import { curl, drawn, type Knot } from '../../sdf/curve.ts';
import { fbm, ramp } from '../../sdf/noise.ts';
import { enlarged, mirroredZ, moved, turnedBy } from '../../sdf/place.ts';
import { block, drum, ellipsoid, rod, slab, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';
import { leg, smallDragon } from './companions.ts';
import { STUFF } from './stuff.ts';

const line = (steps: number, ...knots: Knot[]) => sweep({ stations: drawn(knots, steps) });

/** The unglazed clay foot, hand-cut: not quite flat, edges knocked. */
function foot(): Solid {
	const slabs = union(
		block([-0.03, 0.024, 0], [0.335, 0.026, 0.13], 0.005),
		block([0.03, 0.062, 0], [0.255, 0.014, 0.116], 0.004),
	);
	const rough = raised(slabs, 0.004, (x, y, z) => {
		const hollow = fbm(x * 28, y * 28, z * 28, 3, 5);
		return 0.0012 * fbm(x * 90, y * 220, z * 90, 2, 9) - 0.004 * ramp(0.42, 0.62, hollow);
	});
	return madeOf(STUFF.clay, rough);
}

/** The end of the roof ridge in the beast's mouth: mouldings, a panel with a scroll, a cap of tile. */
function ridge(): Solid {
	const x = -0.21;
	const half = 0.158;
	const wall = union(
		block([x, 0.088, 0], [half, 0.016, 0.092], 0.005),
		block([x, 0.114, 0], [half - 0.003, 0.012, 0.082], 0.008),
		block([x, 0.165, 0], [half - 0.005, 0.055, 0.07], 0.003),
		block([x, 0.222, 0], [half - 0.003, 0.012, 0.084], 0.008),
		block([x, 0.242, 0], [half, 0.012, 0.094], 0.005),
	);
	const cap = drum([x, 0.246, 0], 0, 0.056, half, 0.004);
	const bead = drum([x - half + 0.014, 0.246, 0], 0, 0.062, 0.012, 0.005);
	const scroll = [0, 1, 2].map((i) =>
		sweep({
			stations: curl({
				from: [-0.36 + i * 0.075, 0.14 + 0.045 * (i % 2), 0.07],
				headingRad: i % 2 === 0 ? 0.7 : -0.7,
				lengthM: 0.15,
				bendRad: i % 2 === 0 ? -0.6 : 0.6,
				curlRad: i % 2 === 0 ? -5.5 : 5.5,
				curlFrom: 0.3,
				halfWidthM: 0.0085,
				halfThickM: 0.008,
				steps: 24,
				taper: (t) => 1 - 0.4 * t,
			}),
		}),
	);
	// Joints of the cap's tiles, each with its raised end.
	const tiles = union(
		...[0.07, 0.165].map((d) => drum([x - half + d, 0.246, 0], 0, 0.06, 0.009, 0.004)),
	);
	const body = melt(0.004, wall, cap, bead);
	const hollow = drum([x - half, 0.165, 0], 0, 0.046, 0.05, 0.004);
	return union(
		madeOf(STUFF.ridge, carve(0.004, body, hollow)),
		madeOf(STUFF.lip, mirroredZ(union(...scroll))),
		madeOf(STUFF.lip, tiles),
	);
}

/** The sword hilt driven into the beast's neck, so that it cannot fly off with the rain. */
function sword(): Solid {
	const fan = (px: number, py: number) => {
		let best = Math.hypot(px, py - 0.02) - 0.03;
		for (let i = 0; i < 5; i++) {
			const a = Math.PI * (0.1 + 0.2 * i);
			best = Math.min(
				best,
				Math.hypot(px - 0.037 * Math.cos(a), py - 0.03 - 0.037 * Math.sin(a)) - 0.0185,
			);
		}
		return best;
	};
	const pommel = raised(moved([0, 0.11, 0], slab(fan, -0.026, 0.026, 0.007)), 0.004, (x, y) => {
		const angle = Math.atan2(y - 0.125, x);
		return (
			-0.0035 *
			ramp(0.86, 1, Math.abs(Math.cos(angle * 5))) *
			ramp(0.02, 0.03, Math.hypot(x, y - 0.125))
		);
	});
	const bosses = [0, 1, 2, 3, 4].map((i) => {
		const a = Math.PI * (0.1 + 0.2 * i);
		return sphere([0.037 * Math.cos(a), 0.14 + 0.037 * Math.sin(a), 0.022], 0.0095);
	});
	const grip = raised(
		block([0, 0.055, 0], [0.021, 0.065, 0.024], 0.01),
		0.0025,
		(_x, y) => 0.0022 * Math.cos(y * 520),
	);
	const guard = melt(
		0.006,
		block([0, 0.0, 0], [0.05, 0.012, 0.036], 0.009),
		rod([-0.05, -0.004, 0], [-0.05, 0.02, 0], 0.016),
		rod([0.05, -0.004, 0], [0.05, 0.02, 0], 0.016),
	);
	const hilt = melt(0.004, pommel, mirroredZ(union(...bosses)), grip, guard);
	return madeOf(STUFF.sword, moved([-0.075, 0.735, 0], turnedBy(2, 0.2, hilt)));
}

/** The little head that looks out of the beast's back. */
function backBeast(): Solid {
	const face = melt(
		0.01,
		ellipsoid([0.02, 0, 0], [0.042, 0.036, 0.034]),
		ellipsoid([0.056, -0.012, 0], [0.026, 0.02, 0.024]),
		ellipsoid([0.06, 0.006, 0], [0.016, 0.012, 0.018]),
	);
	const mouth = block([0.078, -0.014, 0], [0.022, 0.0035, 0.05], 0.003);
	const side = union(
		madeOf(STUFF.eye, sphere([0.036, 0.016, 0.026], 0.0095)),
		madeOf(STUFF.pupil, sphere([0.04, 0.016, 0.033], 0.0045)),
		madeOf(
			STUFF.head,
			line(
				5,
				[0.022, 0.024, 0.026, 0.005, 0.005],
				[0.038, 0.03, 0.026, 0.006, 0.006],
				[0.052, 0.022, 0.022, 0.004, 0.004],
			),
		),
		madeOf(
			STUFF.horn,
			line(
				6,
				[0.012, 0.028, 0.018, 0.008, 0.008],
				[0.0, 0.056, 0.026, 0.0065, 0.0065],
				[0.012, 0.082, 0.03, 0.003, 0.003],
			),
		),
		madeOf(
			STUFF.mane,
			line(
				6,
				[0.008, -0.006, 0.03, 0.01, 0.008],
				[-0.012, -0.026, 0.034, 0.009, 0.007],
				[-0.008, -0.05, 0.03, 0.003, 0.003],
			),
		),
		madeOf(
			STUFF.mane,
			line(
				6,
				[0.022, -0.018, 0.028, 0.009, 0.007],
				[0.012, -0.042, 0.03, 0.008, 0.006],
				[0.026, -0.058, 0.026, 0.003, 0.003],
			),
		),
	);
	const collar = block([-0.03, 0, 0], [0.022, 0.05, 0.05], 0.008);
	const whole = union(
		carve(0.003, madeOf(STUFF.head, melt(0.008, face, collar)), mouth),
		mirroredZ(side),
	);
	return moved([0.295, 0.395, 0], turnedBy(2, 0.12, enlarged(1.35, whole)));
}

/** All that hangs on the beast, and what it stands on. */
export function trappings(): Solid {
	return union(foot(), ridge(), sword(), backBeast(), mirroredZ(union(leg(), smallDragon())));
}
