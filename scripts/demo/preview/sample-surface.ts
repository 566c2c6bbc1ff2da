import type { Vec3 } from './camera.ts';
import { unit } from './camera.ts';
import type { Picture, Surface } from './load-scene.ts';
import type { Visible } from './rasterise.ts';

/** What the light meets at a pixel. Colours linear. */
export interface Sample {
	readonly position: Vec3;
	readonly normal: Vec3;
	readonly color: Vec3;
	readonly roughness: number;
	readonly metalness: number;
}

const toLinear = (byte: number) => (byte / 255) ** 2.2;

function texel(picture: Picture, u: number, v: number): Vec3 {
	const { widthPx: w, heightPx: h, rgb } = picture;
	const x = Math.min(w - 1, Math.floor((u - Math.floor(u)) * w));
	const y = Math.min(h - 1, Math.floor((v - Math.floor(v)) * h));
	const at = (y * w + x) * 3;
	return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

/** Turns `normal` by the picture, with the tangent taken from the triangle's own uv gradient. */
function bumped(surface: Surface, corners: readonly number[], normal: Vec3, bump: Vec3): Vec3 {
	const [a = 0, b = 0, c = 0] = corners;
	const uv = surface.uvs ?? new Float32Array();
	const p = surface.positions;
	const du1 = (uv[b * 2] ?? 0) - (uv[a * 2] ?? 0);
	const dv1 = (uv[b * 2 + 1] ?? 0) - (uv[a * 2 + 1] ?? 0);
	const du2 = (uv[c * 2] ?? 0) - (uv[a * 2] ?? 0);
	const dv2 = (uv[c * 2 + 1] ?? 0) - (uv[a * 2 + 1] ?? 0);
	const area = du1 * dv2 - du2 * dv1;
	if (Math.abs(area) < 1e-14) return normal;
	const axis = (s: number, t: number): Vec3 => {
		const part = (k: number) => {
			const e1 = (p[b * 3 + k] ?? 0) - (p[a * 3 + k] ?? 0);
			const e2 = (p[c * 3 + k] ?? 0) - (p[a * 3 + k] ?? 0);
			return (e1 * s + e2 * t) / area;
		};
		return unit([part(0), part(1), part(2)]);
	};
	const tangent = axis(dv2, -dv1);
	const bitangent = axis(du2, -du1);
	const [x, y, z] = [bump[0] / 127.5 - 1, bump[1] / 127.5 - 1, bump[2] / 127.5 - 1];
	const part = (k: 0 | 1 | 2) => tangent[k] * x + bitangent[k] * y + normal[k] * z;
	return unit([part(0), part(1), part(2)]);
}

/** Interpolates the surface under a pixel, or null where there is none. */
export function sampleSurface(
	surfaces: readonly Surface[],
	visible: Visible,
	pixel: number,
): Sample | null {
	const surface = surfaces[visible.surface[pixel] ?? -1];
	if (!surface) return null;
	const first = visible.triangle[pixel] ?? 0;
	const corners = [0, 1, 2].map((k) => surface.indices[first + k] ?? 0);
	const b = visible.weightB[pixel] ?? 0;
	const c = visible.weightC[pixel] ?? 0;
	const weights = [1 - b - c, b, c];
	const mix = (array: Float32Array, width: number, k: number) => {
		let sum = 0;
		for (let i = 0; i < 3; i++) {
			sum += (weights[i] ?? 0) * (array[(corners[i] ?? 0) * width + k] ?? 0);
		}
		return sum;
	};
	const vector = (array: Float32Array): Vec3 => [
		mix(array, 3, 0),
		mix(array, 3, 1),
		mix(array, 3, 2),
	];
	let color = vector(surface.colors);
	let normal = unit(vector(surface.normals));
	let { roughness, metalness } = surface;
	if (surface.uvs) {
		const u = mix(surface.uvs, 2, 0);
		const v = mix(surface.uvs, 2, 1);
		if (surface.baseColor) {
			const [red, green, blue] = texel(surface.baseColor, u, v);
			color = [color[0] * toLinear(red), color[1] * toLinear(green), color[2] * toLinear(blue)];
		}
		if (surface.metalRough) {
			const [, rough, metal] = texel(surface.metalRough, u, v);
			roughness *= rough / 255;
			metalness *= metal / 255;
		}
		if (surface.normal) normal = bumped(surface, corners, normal, texel(surface.normal, u, v));
	}
	return { position: vector(surface.positions), normal, color, roughness, metalness };
}
