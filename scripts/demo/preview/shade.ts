import type { Camera, Vec3 } from './camera.ts';
import { add, dot, scale, unit } from './camera.ts';
import type { Visible } from './rasterise.ts';
import type { Sample } from './sample-surface.ts';

interface Lamp {
	readonly towards: Vec3;
	readonly color: Vec3;
	/** Half the angle of the lamp's disc, as roughness added to the highlight. */
	readonly softness: number;
}

/** One key, one soft fill, one rim: a museum's lights. The key alone throws a shadow. */
export const KEY: Lamp = {
	towards: unit([-0.55, 0.75, 0.6]),
	color: [3.1, 2.9, 2.6],
	softness: 0.08,
};
const FILL: Lamp = { towards: unit([0.9, 0.25, 0.55]), color: [0.5, 0.56, 0.66], softness: 0.35 };
const RIM: Lamp = { towards: unit([0.35, 0.6, -0.9]), color: [1.3, 1.35, 1.5], softness: 0.12 };

/** The room: dark floor, bright ceiling with a soft box; rougher surfaces see it blurred. */
function room(direction: Vec3, roughness: number): number {
	const sky = 0.16 + 0.3 * (direction[1] * 0.5 + 0.5);
	const edge = 0.03 + roughness * 0.6;
	const box = Math.max(0, dot(direction, unit([-0.2, 0.95, 0.35])) - 0.9 + edge) / (0.1 + edge);
	const strip = Math.max(0, dot(direction, unit([0.95, 0.2, 0.2])) - 0.94 + edge) / (0.06 + edge);
	return sky + (1.4 * box * box + 0.8 * strip * strip) * (1 - 0.75 * roughness);
}

/** Trowbridge-Reitz highlight with Smith's visibility (Walter et al. 2007), times the cosine. */
function highlight(normal: Vec3, view: Vec3, lamp: Lamp, roughness: number): number {
	const cosL = dot(normal, lamp.towards);
	if (cosL <= 0) return 0;
	const half = unit(add(view, lamp.towards));
	const alpha = Math.min(1, roughness * roughness + lamp.softness * 0.25);
	const a2 = alpha * alpha;
	const cosH = Math.max(0, dot(normal, half));
	const cosV = Math.max(1e-3, dot(normal, view));
	const spread = cosH * cosH * (a2 - 1) + 1;
	const smithV = cosL * Math.sqrt(cosV * cosV * (1 - a2) + a2);
	const smithL = cosV * Math.sqrt(cosL * cosL * (1 - a2) + a2);
	return ((a2 / (Math.PI * spread * spread)) * 0.5 * cosL) / (smithV + smithL + 1e-6);
}

const schlick = (f0: number, cosine: number) => f0 + (1 - f0) * (1 - cosine) ** 5;

/** Light leaving the sample towards the camera, linear. `lit` and `open`: 0 to 1, shadow and ambient. */
export function shade(sample: Sample, camera: Camera, lit: number, open: number): Vec3 {
	const view = unit(add(camera.eye, scale(sample.position, -1)));
	const facing = dot(sample.normal, view);
	const normal = facing < 0 ? scale(sample.normal, -1) : sample.normal;
	const cosV = Math.max(0.001, Math.abs(facing));
	const mirror = add(scale(normal, 2 * cosV), scale(view, -1));
	const roughness = Math.max(0.05, sample.roughness);
	const out: [number, number, number] = [0, 0, 0];
	const ambientDiffuse = room(normal, 1) * open;
	const ambientMirror = room(mirror, roughness) * (0.3 + 0.7 * open);
	for (const k of [0, 1, 2] as const) {
		const f0 = 0.04 * (1 - sample.metalness) + sample.color[k] * sample.metalness;
		const body = sample.color[k] * (1 - sample.metalness);
		const gloss = f0 + (Math.max(1 - roughness, f0) - f0) * (1 - cosV) ** 5;
		out[k] = body * ambientDiffuse + gloss * ambientMirror;
		for (const lamp of [KEY, FILL, RIM]) {
			const shadow = lamp === KEY ? lit : 0.35 + 0.65 * open;
			const cosL = Math.max(0, dot(normal, lamp.towards));
			const cosH = dot(view, unit(add(view, lamp.towards)));
			const spec = highlight(normal, view, lamp, roughness) * schlick(f0, Math.max(0, cosH));
			out[k] += lamp.color[k] * shadow * ((body * cosL) / Math.PI + spec);
		}
	}
	return out;
}

/** 1 where the lamp's camera sees the point, 0 in shadow, softened over a few texels. */
export function shadowAt(position: Vec3, lamp: Camera, seen: Visible, biasM: number): number {
	const at = add(position, scale(lamp.eye, -1));
	const half = seen.sizePx / 2;
	const x = half + (half / lamp.halfHeightM) * dot(at, lamp.right);
	const y = half - (half / lamp.halfHeightM) * dot(at, lamp.up);
	const depth = dot(at, lamp.forward) - biasM;
	let lit = 0;
	for (let j = -1; j <= 1; j++) {
		for (let i = -1; i <= 1; i++) {
			const u = Math.round(x + i * 1.4);
			const v = Math.round(y + j * 1.4);
			const inside = u >= 0 && v >= 0 && u < seen.sizePx && v < seen.sizePx;
			if (!inside || depth < (seen.depthM[v * seen.sizePx + u] ?? Infinity)) lit++;
		}
	}
	return lit / 9;
}

/** How open the surroundings of a pixel are, 0 to 1, from the depths of 24 neighbours. */
export function opennessAt(visible: Visible, x: number, y: number, reachM: number, pixelM: number) {
	const { sizePx, depthM } = visible;
	const here = depthM[y * sizePx + x] ?? 0;
	let blocked = 0;
	for (let i = 0; i < 24; i++) {
		const angle = i * 2.399_963;
		const reach = Math.sqrt((i + 0.5) / 24);
		const u = Math.round(x + (Math.cos(angle) * reach * reachM) / pixelM);
		const v = Math.round(y + (Math.sin(angle) * reach * reachM) / pixelM);
		if (u < 0 || v < 0 || u >= sizePx || v >= sizePx) continue;
		const rise = here - (depthM[v * sizePx + u] ?? here);
		if (rise > reachM * reach * 0.12) blocked += Math.max(0, 1 - rise / (reachM * 3));
	}
	return Math.max(0, 1 - (blocked / 24) * 1.5);
}
