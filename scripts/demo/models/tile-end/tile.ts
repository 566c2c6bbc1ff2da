import { carve, melt, union } from '../../sdf/combine.ts';
import { cells, fbm, ramp } from '../../sdf/noise.ts';
import { aroundZ, enlarged, moved } from '../../sdf/place.ts';
import { drum, halfSpace, ring, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import { madeOf, type Solid } from '../../sdf/solid.ts';
import { coiledDragon } from './dragon.ts';

export const TILE = { clay: 0, glaze: 1 } as const;

const RADIUS_M = 0.074;
const LENGTH_M = 0.14;

/** The half pipe behind the disc, its inside printed by the cloth of the mould, and the step at its end. */
function pipe(): Solid {
	const outer = drum([0, 0, -LENGTH_M / 2], 2, RADIUS_M - 0.003, LENGTH_M / 2, 0.002);
	const step = drum([0, 0, -LENGTH_M], 2, RADIUS_M - 0.013, 0.014, 0.002);
	const bore = drum(
		[0, 0, -LENGTH_M / 2 - 0.01],
		2,
		RADIUS_M - 0.0175,
		LENGTH_M / 2 + 0.014,
		0.001,
	);
	const printed = raised(bore, 0.0006, (x, y, z) => {
		const around = Math.atan2(y, x) * RADIUS_M;
		const weave = Math.cos(around * 1900) * Math.cos(z * 1900);
		return 0.00022 * weave + 0.0005 * fbm(x * 60, y * 60, z * 60, 2, 4);
	});
	const lower = raised(
		halfSpace([0, 1, 0], -0.006),
		0.0015,
		(x, _y, z) => 0.0012 * fbm(x * 50, 0, z * 50, 3, 12),
	);
	const body = carve(0.001, melt(0.002, outer, step), printed);
	return carve(0.0012, body, lower);
}

/** The disc: a raised rim, a row of beads between two threads, the ground for the dragon. */
function disc(): Solid {
	const plate = drum([0, 0, 0.002], 2, RADIUS_M, 0.0085, 0.002);
	const dished = carve(0.0012, plate, drum([0, 0, 0.0148], 2, RADIUS_M - 0.0068, 0.0085, 0.001));
	const threads = union(
		ring([0, 0, 0.0062], 2, RADIUS_M - 0.0085, 0.0011),
		ring([0, 0, 0.0062], 2, RADIUS_M - 0.0152, 0.0011),
	);
	const beads = aroundZ(52, sphere([RADIUS_M - 0.0118, 0, 0.0068], 0.0026));
	return melt(0.0007, dished, threads, beads);
}

/** Knocks and fire cracks: a bite out of the rim, small chips along it. */
function damaged(solid: Solid): Solid {
	return raised(solid, 0.004, (x, y, z) => {
		const radius = Math.sqrt(x * x + y * y);
		const chip = fbm(x * 75, y * 75, z * 75, 3, 6);
		const rim = ramp(RADIUS_M - 0.007, RADIUS_M - 0.001, radius);
		const bite = 0.0036 * ramp(0.011, 0.006, Math.hypot(x - 0.052, y + 0.053, z - 0.01));
		const pinhole = 0.0007 * ramp(0.12, 0.05, cells(x * 110, y * 110, z * 110, 14).first);
		return (
			-0.0026 * rim * ramp(0.42, 0.62, chip) -
			bite -
			pinhole +
			0.00018 * fbm(x * 160, y * 160, z * 160, 2, 7)
		);
	});
}

/** The whole tile; its face looks along +z, the pipe runs back along −z, its middle on the z axis. */
export function tile(): Solid {
	const face = melt(0.001, disc(), moved([0, 0, 0.0063], enlarged(1.07, coiledDragon())));
	return damaged(union(madeOf(TILE.glaze, face), madeOf(TILE.clay, pipe())));
}
