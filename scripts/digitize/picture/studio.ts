import { unit, type Vec3 } from './camera.ts';

/** A far light: `direction` points towards it; `colour` is the irradiance it gives, linear. */
export interface Light {
	direction: Vec3;
	colour: Vec3;
	/** Side of its shadow map, in pixels. */
	mapPx: number;
	/** Part of the key, whose shadows have edges. */
	isKey: boolean;
}

/** A soft box as a reflection sees it: full within `cosInner`, nothing beyond `cosOuter`. */
export interface SoftBox {
	direction: Vec3;
	radiance: Vec3;
	cosInner: number;
	cosOuter: number;
	/** Whether it throws the key light's shadow. */
	isKey: boolean;
}

/** Warm key from the left front above, where a gallery hangs its spotlights. */
const KEY = direction(-38, 52);
const KEY_COLOUR: Vec3 = [2.5, 2.28, 1.96];
const KEY_SPREAD_RAD = 0.11;

/** Cool edge light from behind on the right, which parts a dark piece from the dark ground. */
const RIM = direction(152, 34);
const RIM_COLOUR: Vec3 = [0.62, 0.72, 0.86];

/** Many weak lights over the upper half of the room, whose shadows are ambient occlusion. */
const DOME_LIGHTS = 26;
const DOME_TOP: Vec3 = [0.86, 0.9, 0.96];
const DOME_SIDE: Vec3 = [0.5, 0.52, 0.56];

/** What the floor throws back. */
export const BOUNCE: Vec3 = [0.16, 0.14, 0.115];

const SOFT_BOXES: readonly SoftBox[] = [
	{ direction: KEY, radiance: [9, 8.3, 7.2], cosInner: 0.985, cosOuter: 0.95, isKey: true },
	{ direction: RIM, radiance: [2.6, 3, 3.5], cosInner: 0.97, cosOuter: 0.9, isKey: false },
	{
		direction: direction(75, 28),
		radiance: [0.9, 0.92, 0.96],
		cosInner: 0.96,
		cosOuter: 0.82,
		isKey: false,
	},
];

/** How finely the spotlights throw shadows. */
export interface SpotQuality {
	/** How many far lights make up the soft key. */
	keyMaps: number;
	keyPx: number;
	rimPx: number;
}

/** The spotlights of a room turned by `-turnRad` about +Y, which is what a piece turned by `turnRad` sees. */
export function spotlights(turnRad: number, { keyMaps, keyPx, rimPx }: SpotQuality): Light[] {
	const rim = { direction: RIM, colour: RIM_COLOUR, mapPx: rimPx, isKey: false };
	return [...keyLights(keyMaps, keyPx), rim].map((light) => ({
		...light,
		direction: turned(light.direction, turnRad),
	}));
}

/** What reflections see of the spotlights when the piece is turned by `turnRad`. */
export function softBoxes(turnRad: number): SoftBox[] {
	return SOFT_BOXES.map((box) => ({ ...box, direction: turned(box.direction, turnRad) }));
}

/** A direction of the room as a piece turned by `turnRad` about +Y sees it. */
function turned([x, y, z]: Vec3, turnRad: number): Vec3 {
	const [c, s] = [Math.cos(turnRad), Math.sin(turnRad)];
	return [x * c - z * s, y, x * s + z * c];
}

/** The radiance of the room without its soft boxes from a direction with this height (-1 to 1). */
export function roomRadiance(height: number, out: [number, number, number]): void {
	const up = Math.min(Math.max(height * 0.5 + 0.5, 0), 1);
	const blend = up * up * (3 - 2 * up);
	for (let k = 0; k < 3; k += 1) {
		const top = (DOME_TOP[k] ?? 0) * 0.34;
		out[k] = (BOUNCE[k] ?? 0) * 0.35 * (1 - blend) + top * blend;
	}
}

/** One key spread over a small disc, so that its shadows have soft edges. */
function keyLights(count: number, mapPx: number): Light[] {
	const lights: Light[] = [];
	const side = unit([KEY[2], 0, -KEY[0]]);
	const over: Vec3 = [
		KEY[1] * side[2] - KEY[2] * side[1],
		KEY[2] * side[0] - KEY[0] * side[2],
		KEY[0] * side[1] - KEY[1] * side[0],
	];
	for (let i = 0; i < count; i += 1) {
		const radius = KEY_SPREAD_RAD * Math.sqrt((i + 0.5) / count);
		const turn = i * GOLDEN_ANGLE;
		const [a, b] = [radius * Math.cos(turn), radius * Math.sin(turn)];
		lights.push({
			direction: unit([
				KEY[0] + a * side[0] + b * over[0],
				KEY[1] + a * side[1] + b * over[1],
				KEY[2] + a * side[2] + b * over[2],
			]),
			colour: [KEY_COLOUR[0] / count, KEY_COLOUR[1] / count, KEY_COLOUR[2] / count],
			mapPx,
			isKey: true,
		});
	}
	return lights;
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * The sky of the room, the same all round: it belongs to the piece rather than to the room, so that
 * its shadows are drawn once for all views and never flicker as the piece turns.
 */
export function domeLights(mapPx: number): Light[] {
	const lights: Light[] = [];
	for (let i = 0; i < DOME_LIGHTS; i += 1) {
		const y = 0.06 + (0.92 * (i + 0.5)) / DOME_LIGHTS;
		const radius = Math.sqrt(1 - y * y);
		const turn = i * GOLDEN_ANGLE + 0.4;
		const colour = DOME_SIDE.map((s, k) => (s + ((DOME_TOP[k] ?? 0) - s) * y) * (2 / DOME_LIGHTS));
		lights.push({
			direction: [radius * Math.cos(turn), y, radius * Math.sin(turn)],
			colour: [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0],
			mapPx,
			isKey: false,
		});
	}
	return lights;
}

/** A direction by azimuth (degrees from +Z towards +X) and elevation (degrees). */
function direction(azimuth: number, elevation: number): Vec3 {
	const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
	return [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
}
