import type { Vec3, Vertex } from './mesh.ts';
import { blend, fractal, noise, step } from './noise.ts';

type Axis = 0 | 1 | 2;

/** The colour of planed timber whose trunk lay along `axis`: year rings, fibres, darker pores. */
export function timber(p: Vec3, axis: Axis, light: Vec3, dark: Vec3, seed = 0): Vec3 {
	const a = p[(axis + 1) % 3] ?? 0;
	const b = p[(axis + 2) % 3] ?? 0;
	const l = p[axis] ?? 0;
	const bend = 0.02 * noise(l * 3, seed, 0.5, seed);
	const r = Math.hypot(a + 0.05 + bend, b * 0.8 + 0.07 + seed * 0.013);
	const rings = 0.5 + 0.5 * Math.sin(r * 420 + 3 * noise(l * 6, a * 20, b * 20, seed + 3));
	const fibre = noise(l * 25, a * 700, b * 700, seed + 5) * 0.5 + 0.5;
	return blend(light, dark, 0.15 + 0.45 * rings * rings + 0.35 * fibre * fibre);
}

/** Handled wood: {@link timber} colours already on the vertex, dirt in corners, bare worn edges. */
export function handledWood({ p, color }: Vertex, open: number): Vec3 {
	const patch = 0.5 + 0.5 * fractal(p, 0.05, 3, 11);
	const dirt = step(0.75, 0.25, open);
	const grimy = blend(color, [0.06, 0.04, 0.03], dirt * 0.75);
	const rubbed = step(0.93, 1, open) * patch;
	return blend(grimy, [color[0] * 1.25, color[1] * 1.2, color[2] * 1.1], rubbed * 0.5);
}

const BRONZE: Vec3 = [0.46, 0.35, 0.2];
const BROWN: Vec3 = [0.3, 0.22, 0.14];
const VERDIGRIS: Vec3 = [0.29, 0.41, 0.35];
const BLACK: Vec3 = [0.1, 0.11, 0.09];

/** Old bronze: brown skin, verdigris where water stays (`open` low), bare metal where hands reach. */
export function oldBronze({ p }: Vertex, open: number): Vec3 {
	const cloud = 0.5 + 0.5 * fractal(p, 0.06, 5, 21);
	const run = 0.5 + 0.5 * fractal([p[0], p[1] * 0.22, p[2]], 0.022, 4, 25);
	const base = blend(BROWN, BRONZE, step(0.55, 1, open * 0.8 + cloud * 0.3));
	const green = step(0.55, 1.05, (1 - open) * 0.75 + run * 0.5 + cloud * 0.25 - 0.05);
	const dark = blend(base, BLACK, step(0.5, 0.1, open) * 0.7);
	return blend(dark, VERDIGRIS, green * 0.85);
}

/** Wrought iron: near black, rust where it lies against other things. */
export function oldIron({ p }: Vertex, open: number): Vec3 {
	const rust = step(0.35, 0.9, 0.5 + 0.5 * fractal(p, 0.012, 4, 31) + (1 - open) * 0.15);
	return blend([0.22, 0.21, 0.205], [0.33, 0.18, 0.1], rust * 0.7);
}

const LIME: Vec3 = [0.585, 0.575, 0.545];
const LIME_WARM: Vec3 = [0.53, 0.485, 0.415];
const LIME_DARK: Vec3 = [0.24, 0.235, 0.22];
const MOSS: Vec3 = [0.2, 0.235, 0.1];
const LICHEN: Vec3 = [0.66, 0.64, 0.52];

/** Limestone that stood outdoors: rain streaks, lichen on what faces the sky, moss low and deep. */
export function weatheredLimestone({ p, n }: Vertex, open: number): Vec3 {
	const cloud = fractal(p, 0.35, 5, 61);
	const grain = fractal(p, 0.012, 3, 63);
	const streak = fractal([p[0], p[1] * 0.08, p[2]], 0.03, 4, 67);
	let color = blend(LIME, LIME_WARM, step(-0.25, 0.45, cloud));
	color = blend(color, LIME_DARK, step(0.05, 0.5, streak) * 0.42 * (1 - Math.abs(n[1])));
	color = blend(color, LIME_DARK, step(0.8, 0.2, open) * 0.75);
	const spots = step(0.2, 0.32, fractal(p, 0.045, 4, 71) - 0.1 * cloud);
	color = blend(color, LICHEN, spots * 0.55 * step(0.5, 0.9, open));
	const damp =
		step(0.5, 0, p[1]) * 0.5 + step(0.2, 0.9, n[1]) * 0.25 + step(0.75, 0.35, open) * 0.3;
	const moss = step(0.42, 0.85, damp + 0.55 * fractal(p, 0.09, 4, 73) + 0.1 * grain);
	color = blend(color, MOSS, moss * 0.7);
	const tone = 1 + 0.14 * grain;
	return [color[0] * tone, color[1] * tone, color[2] * tone];
}
