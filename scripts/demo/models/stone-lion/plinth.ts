import { melt, union } from '../../sdf/combine.ts';
import { curl } from '../../sdf/curve.ts';
import { ramp } from '../../sdf/noise.ts';
import { mirroredX } from '../../sdf/place.ts';
import { block, sphere } from '../../sdf/primitives.ts';
import { raised } from '../../sdf/relief.ts';
import type { Solid } from '../../sdf/solid.ts';
import { sweep } from '../../sdf/sweep.ts';

const HALF_X = 0.128;
const HALF_Z = 0.172;

/** Height of a row of lotus petals, tips up, on a band from `fromM` to `toM`; `s` runs along the side. */
function petals(s: number, y: number, fromM: number, toM: number, pitchM: number): number {
	const t = (y - fromM) / (toM - fromM);
	if (t < 0 || t > 1) return 0;
	const u = Math.abs(s / pitchM - Math.round(s / pitchM)) * 2;
	const width = 0.92 * Math.sqrt(Math.max(0, 1 - t ** 3));
	const inside = width - u;
	const rim = 0.0034 * ramp(0, 0.1, inside);
	const dish = -0.0016 * ramp(0.2, 0.34, inside);
	const heart = 0.0022 * ramp(0.22, 0.1, Math.hypot(u, (t - 0.35) * 1.4));
	return rim + dish + heart;
}

/** Along which side a place lies, and how far along it. */
const alongSide = (x: number, z: number) => (Math.abs(x) / HALF_X > Math.abs(z) / HALF_Z ? z : x);

/** A cloth laid over the plinth, its corner hanging down the front, with a scroll and a tassel. */
function cloth(): Solid {
	const hang: Solid = {
		at: (x, y, z) => {
			const edge = (Math.abs(x) - (y - 0.028) * 1.05) * 0.69;
			return Math.max(edge, y - 0.114, Math.abs(z - HALF_Z) - 0.0055);
		},
	};
	const bordered = raised(hang, 0.003, (x, y) => {
		const edge = -(Math.abs(x) - (y - 0.028) * 1.05) * 0.69;
		const hem = 0.0018 * (ramp(0.0075, 0.0065, edge) - ramp(0.0045, 0.0035, edge));
		const diamonds = Math.cos((x + y) * 520) * Math.cos((x - y) * 520);
		return hem + 0.0012 * ramp(0.1, 0.5, diamonds) * ramp(0.009, 0.011, edge);
	});
	const scroll = mirroredX(
		sweep({
			stations: curl({
				from: [0.001, 0.061, HALF_Z + 0.0055],
				headingRad: 0.5,
				lengthM: 0.085,
				bendRad: 0.9,
				curlRad: 4.6,
				curlFrom: 0.35,
				halfWidthM: 0.0042,
				halfThickM: 0.0042,
				steps: 22,
				taper: (t) => 1 - 0.4 * t,
			}),
		}),
	);
	return union(bordered, scroll, sphere([0, 0.0235, HALF_Z + 0.001], 0.0068));
}

/** The plinth 须弥座 under the lion, 0.105 m high: foot, lotus petals down and up, table. */
export function plinth(): Solid {
	const foot = block([0, 0.013, 0], [HALF_X, 0.014, HALF_Z], 0.004);
	const lower = raised(
		block([0, 0.036, 0], [HALF_X - 0.006, 0.012, HALF_Z - 0.006], 0.006),
		0.004,
		(x, y, z) => petals(alongSide(x, z), 0.075 - y, 0.0275, 0.049, 0.0345),
	);
	const waist = raised(
		block([0, 0.0555, 0], [HALF_X - 0.018, 0.0125, HALF_Z - 0.018], 0.002),
		0.003,
		(x, y, z) => {
			const s = alongSide(x, z);
			const key = Math.max(Math.cos(s * 205), 0) * ramp(0.0075, 0.006, Math.abs(y - 0.0555));
			return 0.0022 * ramp(0.35, 0.55, key) - 0.0014 * ramp(0.75, 0.9, key);
		},
	);
	const upper = raised(
		block([0, 0.0755, 0], [HALF_X - 0.006, 0.012, HALF_Z - 0.006], 0.006),
		0.004,
		(x, y, z) => petals(alongSide(x, z), y, 0.064, 0.0865, 0.0345),
	);
	const table = block([0, 0.097, 0], [HALF_X, 0.0125, HALF_Z], 0.004);
	const ground = block([0, 0.108, 0], [HALF_X - 0.012, 0.006, HALF_Z - 0.012], 0.004);
	return union(melt(0.003, foot, lower, waist, upper, table), ground, cloth());
}
