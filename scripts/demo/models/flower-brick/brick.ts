import { carve, melt, union } from '../../sdf/combine.ts';
import { fbm, ramp } from '../../sdf/noise.ts';
import { block, drum, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { foliage } from './foliage.ts';
import { peony } from './peony.ts';
import { BRICK } from './stuff.ts';

const HALF_M = 0.18;

/** Pressed clay behind the glaze: tapered, with a gouged mortar key and the potter's finger marks. */
function core(): Solid {
	const slab = block([0, 0, -0.022], [HALF_M - 0.002, HALF_M - 0.002, 0.033], 0.004);
	const key = block([0, 0, -0.062], [0.11, 0.11, 0.02], 0.006);
	const holes = union(
		...[-1, 1].map((i) => drum([0, i * 0.075, -0.055], 0, 0.011, 0.3)),
		drum([0.06, 0, -0.06], 2, 0.016, 0.03, 0.002),
		drum([-0.06, 0, -0.06], 2, 0.016, 0.03, 0.002),
	);
	const pressed = raised(carve(0.003, slab, union(key, holes)), 0.004, (x, y, z) => {
		const finger =
			0.0014 * Math.cos(x * 130 + 5 * fbm(x * 9, y * 9, z * 9, 2, 2)) * ramp(-0.01, -0.04, z);
		const chip = 0.0036 * ramp(0.4, 0.6, fbm(x * 24, y * 24, z * 24, 3, 5));
		return finger - chip + 0.0006 * fbm(x * 140, y * 140, z * 140, 2, 6);
	});
	return madeOf(BRICK.clay, pressed);
}

const inFrame = (x: number, y: number) => Math.max(Math.abs(x), Math.abs(y));

/** Frame: an outer roll, a flat with a running key fret, an inner bead; the sunk ground inside. */
function frame(): Solid {
	const outer = block([0, 0, 0.011], [HALF_M, HALF_M, 0.016], 0.006);
	const sunk = block([0, 0, 0.034], [0.139, 0.139, 0.021], 0.003);
	const flat = raised(carve(0.003, outer, sunk), 0.0045, (x, y, z) => {
		if (z < 0.02) return 0;
		const out = inFrame(x, y);
		const along = Math.abs(x) > Math.abs(y) ? y : x;
		const groove =
			-0.0022 *
			(ramp(0.0016, 0.0008, Math.abs(out - 0.1695)) + ramp(0.0016, 0.0008, Math.abs(out - 0.1455)));
		return groove + fret(along, out - 0.1575);
	});
	return madeOf(BRICK.frame, flat);
}

/** A running square spiral, 2.4 mm high, 18 mm a turn; `across` is 0 in the middle of the flat. */
function fret(along: number, across: number): number {
	const pitch = 0.0196;
	if (Math.abs(along) > 0.158 || Math.abs(across) > 0.009) return 0;
	const u = (along / pitch - Math.floor(along / pitch)) * pitch;
	const bar = (ax: number, ay: number, bx: number, by: number) => {
		const du = Math.max(Math.min(ax, bx) - u, 0, u - Math.max(ax, bx));
		const dv = Math.max(Math.min(ay, by) - across, 0, across - Math.max(ay, by));
		return Math.hypot(du, dv);
	};
	const d = Math.min(
		bar(0.001, -0.0066, 0.0185, -0.0066),
		bar(0.0025, -0.0066, 0.0025, 0.0066),
		bar(0.0025, 0.0066, 0.0155, 0.0066),
		bar(0.0155, 0.0066, 0.0155, -0.0014),
		bar(0.0155, -0.0014, 0.0085, -0.0014),
		bar(0.0085, -0.0014, 0.0085, 0.0022),
	);
	return 0.0026 * ramp(0.0022, 0.0011, d);
}

function ground(): Solid {
	const plate = block([0, 0, 0.004], [0.145, 0.145, 0.0115], 0.001);
	return madeOf(
		BRICK.ground,
		raised(plate, 0.002, (x, y, z) => {
			// Fine waves combed into the ground before the flowers were laid on.
			const comb = Math.cos((y + 0.004 * Math.sin(x * 95)) * 620);
			return 0.0007 * comb * ramp(0.012, 0.0145, z) + 0.0003 * fbm(x * 90, y * 90, z * 90, 2, 9);
		}),
	);
}

/** A row of beads along the inside of the frame. */
function beads(): Solid {
	const all: Solid[] = [];
	for (let i = -8; i <= 8; i++) {
		for (const side of [-1, 1]) {
			all.push(sphere([i * 0.0163, side * 0.1325, 0.0165], 0.0052));
			if (Math.abs(i) < 8) all.push(sphere([side * 0.1325, i * 0.0163, 0.0165], 0.0052));
		}
	}
	return madeOf(BRICK.bead, union(...all));
}

/** The whole brick, its middle at the origin. */
export function brick(): Solid {
	const moulded = melt(0.002, core(), frame(), ground(), beads());
	const flowers = melt(0.0015, moulded, foliage(), peony());
	const broken = raised(flowers, 0.006, (x, y, z) => {
		// One corner was knocked when the wall came down, and the rim has chips.
		const corner =
			Math.hypot(x - 0.182, y - 0.178, z - 0.03) + 0.008 * fbm(x * 45, y * 45, z * 45, 3, 3);
		const rim =
			ramp(0.172, 0.179, inFrame(x, y)) * ramp(0.42, 0.6, fbm(x * 38, y * 38, z * 38, 3, 4));
		return -0.0055 * ramp(0.032, 0.02, corner) - 0.004 * rim;
	});
	return broken;
}
