import type { Camera } from './camera.ts';
import { dot } from './camera.ts';
import type { Surface } from './load-scene.ts';

/** What a camera sees, pixel by pixel: metres along `forward`, and where on which triangle. */
export interface Visible {
	readonly sizePx: number;
	/** Infinity where there is nothing. */
	readonly depthM: Float32Array;
	/** Surface number, -1 for none. */
	readonly surface: Int16Array;
	readonly triangle: Uint32Array;
	/** Barycentric weights of the second and third corner. */
	readonly weightB: Float32Array;
	readonly weightC: Float32Array;
}

/** N×3: pixel x, pixel y, depth in metres. */
function project(surface: Surface, camera: Camera, sizePx: number): Float32Array {
	const { positions } = surface;
	const out = new Float32Array(positions.length);
	const half = sizePx / 2;
	for (let i = 0; i < positions.length; i += 3) {
		const x = (positions[i] ?? 0) - camera.eye[0];
		const y = (positions[i + 1] ?? 0) - camera.eye[1];
		const z = (positions[i + 2] ?? 0) - camera.eye[2];
		const depth = dot([x, y, z], camera.forward);
		const zoom = camera.focal > 0 ? camera.focal / depth : 1 / camera.halfHeightM;
		out[i] = half + half * zoom * dot([x, y, z], camera.right);
		out[i + 1] = half - half * zoom * dot([x, y, z], camera.up);
		out[i + 2] = depth;
	}
	return out;
}

/** A triangle on the screen: its first corner, the edges from there, with depths. */
interface Triangle {
	ax: number;
	ay: number;
	az: number;
	bx: number;
	by: number;
	bz: number;
	cx: number;
	cy: number;
	cz: number;
	area: number;
	surface: number;
	first: number;
}

function setTriangle(triangle: Triangle, screen: Float32Array, corners: readonly number[]): void {
	const [a = 0, b = 0, c = 0] = corners;
	triangle.ax = screen[a] ?? 0;
	triangle.ay = screen[a + 1] ?? 0;
	triangle.az = screen[a + 2] ?? 0;
	triangle.bx = (screen[b] ?? 0) - triangle.ax;
	triangle.by = (screen[b + 1] ?? 0) - triangle.ay;
	triangle.bz = (screen[b + 2] ?? 0) - triangle.az;
	triangle.cx = (screen[c] ?? 0) - triangle.ax;
	triangle.cy = (screen[c + 1] ?? 0) - triangle.ay;
	triangle.cz = (screen[c + 2] ?? 0) - triangle.az;
	triangle.area = triangle.bx * triangle.cy - triangle.by * triangle.cx;
}

function touch(out: Visible, t: Triangle, x: number, y: number): void {
	const u = ((x - t.ax) * t.cy - (y - t.ay) * t.cx) / t.area;
	const v = (t.bx * (y - t.ay) - t.by * (x - t.ax)) / t.area;
	if (u < 0 || v < 0 || u + v > 1) return;
	const depth = t.az + u * t.bz + v * t.cz;
	const at = y * out.sizePx + x;
	if (depth <= 0 || depth >= (out.depthM[at] ?? 0)) return;
	out.depthM[at] = depth;
	out.surface[at] = t.surface;
	out.triangle[at] = t.first;
	out.weightB[at] = u;
	out.weightC[at] = v;
}

function fill(out: Visible, t: Triangle): void {
	if (Math.abs(t.area) < 1e-9) return;
	const x0 = Math.max(0, Math.ceil(t.ax + Math.min(0, t.bx, t.cx)));
	const x1 = Math.min(out.sizePx - 1, Math.floor(t.ax + Math.max(0, t.bx, t.cx)));
	const y0 = Math.max(0, Math.ceil(t.ay + Math.min(0, t.by, t.cy)));
	const y1 = Math.min(out.sizePx - 1, Math.floor(t.ay + Math.max(0, t.by, t.cy)));
	for (let y = y0; y <= y1; y++) {
		for (let x = x0; x <= x1; x++) touch(out, t, x, y);
	}
}

/** Draws every triangle, both sides, nearest first wins. Perspective is linear within a triangle: ours are tiny. */
export function rasterise(surfaces: readonly Surface[], camera: Camera, sizePx: number): Visible {
	const pixels = sizePx * sizePx;
	const out: Visible = {
		sizePx,
		depthM: new Float32Array(pixels).fill(Infinity),
		surface: new Int16Array(pixels).fill(-1),
		triangle: new Uint32Array(pixels),
		weightB: new Float32Array(pixels),
		weightC: new Float32Array(pixels),
	};
	const [ax, ay, az, bx, by, bz, cx, cy, cz] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
	const triangle = { ax, ay, az, bx, by, bz, cx, cy, cz, area: 0, surface: 0, first: 0 };
	for (const [number, surface] of surfaces.entries()) {
		const screen = project(surface, camera, sizePx);
		triangle.surface = number;
		for (let i = 0; i < surface.indices.length; i += 3) {
			const corners = [0, 1, 2].map((k) => (surface.indices[i + k] ?? 0) * 3);
			setTriangle(triangle, screen, corners);
			triangle.first = i;
			fill(out, triangle);
		}
	}
	return out;
}
