import { Color } from 'three';

/** A luminous panel of the probe room: where, how large (metres), which colour, how many times white. */
interface Panel {
	at: readonly [number, number, number];
	size: readonly [number, number, number];
	color: string;
	power: number;
}

/** The dark hall itself, seen from inside. */
const HALL: Panel = { at: [0, 0, 0], size: [12, 7, 12], color: '#4a4034', power: 0.16 };

/** The openings of an exhibition: what glaze and bronze mirror. */
const PANELS: readonly Panel[] = [
	{ at: [1.6, 3.3, 1.4], size: [3.4, 0.1, 2.2], color: '#ffe6c2', power: 11 },
	{ at: [-5.6, 0.9, 1.2], size: [0.1, 3.6, 1.5], color: '#bcd0e6', power: 4.2 },
	{ at: [5.6, 0.6, -1.8], size: [0.1, 2.4, 0.7], color: '#ffd9a8', power: 3.4 },
	{ at: [-1.4, 1.2, -5.6], size: [2.6, 0.5, 0.1], color: '#fff0dc', power: 2.4 },
	{ at: [0, -3.3, 0], size: [9, 0.1, 9], color: '#6b4f33', power: 0.35 },
];

interface Box {
	min: [number, number, number];
	max: [number, number, number];
	/** Linear sRGB. */
	radiance: [number, number, number];
}

function boxOf(panel: Panel): Box {
	const { r, g, b } = new Color(panel.color).multiplyScalar(panel.power);
	const corner = (side: number) => (axis: 0 | 1 | 2) =>
		panel.at[axis] + (side * panel.size[axis]) / 2;
	const [low, high] = [corner(-1), corner(1)];
	return {
		min: [low(0), low(1), low(2)],
		max: [high(0), high(1), high(2)],
		radiance: [r, g, b],
	};
}

const HALL_RADIANCE = boxOf(HALL).radiance;
const BOXES = PANELS.map(boxOf);

/** Where a ray from the origin enters a box, in lengths of its direction; infinite when it misses. */
function entry({ min, max }: Box, x: number, y: number, z: number): number {
	const [x0, x1] = [min[0] / x, max[0] / x];
	const [y0, y1] = [min[1] / y, max[1] / y];
	const [z0, z1] = [min[2] / z, max[2] / z];
	const near = Math.max(Math.min(x0, x1), Math.min(y0, y1), Math.min(z0, z1));
	const far = Math.min(Math.max(x0, x1), Math.max(y0, y1), Math.max(z0, z1));
	return near > 0 && near <= far ? near : Number.POSITIVE_INFINITY;
}

/**
 * The light that reaches the middle of the probe room from a direction (right-handed, +Y up, any
 * length but none of its parts exactly zero): linear sRGB.
 */
export function radianceFrom(x: number, y: number, z: number): readonly [number, number, number] {
	let nearest = Number.POSITIVE_INFINITY;
	let radiance = HALL_RADIANCE;
	for (const box of BOXES) {
		const at = entry(box, x, y, z);
		if (at >= nearest) continue;
		nearest = at;
		radiance = box.radiance;
	}
	return radiance;
}
