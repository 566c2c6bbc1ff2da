import { coat, dim, type Rgb, rgb } from '../../sdf/coat.ts';
import { fbm, ramp } from '../../sdf/noise.ts';
import type { Spot } from '../../sdf/spot.ts';
import { facePattern } from './face-pattern.ts';
import { MASK } from './stuff.ts';

const PAINT = 0;
const WORN = 1;
const WOOD = 2;
const GOLD = 3;
const POMPON = 4;

const PLAIN: Readonly<Record<number, Rgb>> = {
	[MASK.lid]: rgb(0x15110f),
	[MASK.brow]: rgb(0x1a1614),
	[MASK.lip]: rgb(0x7d1712),
	[MASK.tooth]: rgb(0xe9dfc4),
	[MASK.beard]: rgb(0x1b1715),
	[MASK.crown]: rgb(0x1d4a63),
	[MASK.pearl]: rgb(0xe8e2d2),
};

function paintWood(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	coat(color, rgb(0x8a6238), 1);
	const rings = Math.sin(
		(Math.hypot(x * 1.2, z + 0.4) * 420 + 2.5 * fbm(x * 14, y * 3, z * 14, 3, 8)) * 2,
	);
	coat(color, rgb(0x5a3c20), 0.55 * ramp(-0.2, 0.9, rings));
	coat(color, rgb(0x2a1c11), 0.7 * ramp(0.7, 0.25, spot.open));
	dim(color, 1 + 0.25 * spot.edge);
	return WOOD;
}

/** Paint rubbed through to gesso and wood on what stands proud; flaked along the grain. */
function wear(spot: Spot): number {
	const { x, y, z } = spot;
	const flakes = fbm(x * 85, y * 38, z * 85, 4, 19);
	return flakes + 0.3 * Math.max(0, spot.edge) + 0.1 * spot.swell;
}

function paintGold(spot: Spot, color: Float64Array, worn: number): number {
	const { x, y, z } = spot;
	if (worn > 0.42) {
		coat(color, rgb(0x6e2418), 1);
		return WORN;
	}
	coat(color, rgb(0xd9a441), 1);
	coat(color, rgb(0x8f5f1d), ramp(0.0, 0.6, fbm(x * 70, y * 70, z * 70, 3, 3)));
	coat(color, rgb(0x4a2f12), 0.8 * ramp(0.6, 0.25, spot.open));
	return GOLD;
}

function paintPompon(spot: Spot, color: Float64Array): number {
	const { x, y, z } = spot;
	coat(color, spot.stuff === MASK.red ? rgb(0xa81d1a) : rgb(0x1b6f8a), 1);
	coat(color, rgb(0x240a0a), 0.7 * ramp(0.15, -0.35, spot.edge));
	coat(color, rgb(0xe0b9a0), 0.25 * ramp(0.1, 0.6, fbm(x * 60, y * 60, z * 60, 3, 5)));
	return POMPON;
}

function layColor(spot: Spot, color: Float64Array): void {
	const plain = PLAIN[spot.stuff];
	if (plain) coat(color, plain, 1);
	else if (spot.stuff === MASK.eye) {
		const r = Math.hypot(Math.abs(spot.x) - 0.0385, spot.y - 0.0245);
		coat(color, rgb(0xefe6d0), 1);
		coat(color, rgb(0xb98a2b), ramp(0.0095, 0.0088, r));
		coat(color, rgb(0x120c0a), ramp(0.0064, 0.0058, r));
	} else facePattern(spot, color);
	if (spot.stuff === MASK.beard || spot.stuff === MASK.brow) {
		coat(color, rgb(0x6a5f55), 0.6 * ramp(0.1, 0.5, spot.edge));
	}
}

/** Whether this is the hollow of the mask or its sawn back. */
function isBehind({ x, y, z, nz, stuff }: Spot): boolean {
	const hollow = Math.hypot(x / 0.088, (y + 0.002) / 0.122, (z + 0.068) / 0.114);
	return hollow < 1.035 || (nz < -0.15 && z < 0.0 && stuff !== MASK.beard);
}

/** Colours one spot and says which material it is. */
export function paintMask(spot: Spot, color: Float64Array): number {
	const worn = wear(spot);
	if (spot.stuff === MASK.red || spot.stuff === MASK.blue) return paintPompon(spot, color);
	if (spot.stuff === MASK.gold) return paintGold(spot, color, worn);
	if (isBehind(spot) || worn > 0.66) return paintWood(spot, color);
	layColor(spot, color);
	const { x, y, z } = spot;
	// Brush-laid: thin and thick, yellowed varnish, soot of the lamps in the hollows.
	dim(color, 1 + 0.16 * fbm(x * 40, y * 120, z * 40, 3, 31));
	coat(color, rgb(0x6b4a1e), 0.14 + 0.16 * ramp(-0.1, 0.6, fbm(x * 16, y * 16, z * 16, 3, 37)));
	coat(color, rgb(0x1c120c), 0.65 * ramp(0.75, 0.25, spot.open) + 0.3 * ramp(0, -0.4, spot.edge));
	coat(color, rgb(0xcdbb97), 0.9 * ramp(0.54, 0.6, worn));
	return worn > 0.36 ? WORN : PAINT;
}
