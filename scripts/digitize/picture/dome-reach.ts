import type { Mesh } from '../mesh/mesh.ts';
import { type LightMap, LightTable, ROW } from './light-map.ts';

/**
 * How much of each light of the dome reaches places of a surface, 0 to 255, place by place: first the
 * mesh's vertices, then, for every triangle that is large in the picture, a grid over it. Looked up
 * once for all views, map by map, which stays in the processor's cache: ten times faster than asking
 * 26 maps at every pixel. Source: Yuksel et al. 2010 (mesh colors).
 */
export interface DomeReach {
	lights: number;
	places: Uint8Array;
	/** Of each triangle, where its grid begins in `places`; -1: its corners are enough. */
	first: Int32Array;
	/** Of each triangle, into how many steps its grid divides a side. */
	steps: Uint8Array;
}

/** Three places and their shares, which add up to 1. */
export interface Mixture {
	places: [number, number, number];
	shares: [number, number, number];
}

const MOST_STEPS = 96;
/** More places than this would fill memory; grids get coarser until they fit. */
const MOST_PLACES = 600_000;

/** Asks for the dome all over a surface, at least every `fineM` metres where that can be had. */
export function reachDome(mesh: Mesh, dome: LightMap[], fineM: number): DomeReach {
	const vertices = mesh.positions.length / 3;
	const steps = new Uint8Array(new SharedArrayBuffer(mesh.indices.length / 3));
	const first = new Int32Array(new SharedArrayBuffer(steps.length * 4)).fill(-1);
	let total = divide(mesh, fineM, steps);
	for (let m = fineM * 1.5; total > MOST_PLACES; m *= 1.5) total = divide(mesh, m, steps);
	const points = new Float32Array((vertices + total) * 6);
	for (let i = 0; i < vertices; i += 1) putPoint(mesh, [i, i, i], 1, 0, points, i);
	let next = vertices;
	for (let t = 0; t < steps.length; t += 1) {
		const n = steps[t] ?? 1;
		if (n === 1) continue;
		first[t] = next;
		const corners = [...mesh.indices.subarray(t * 3, t * 3 + 3)];
		for (let j = 0; j <= n; j += 1) {
			for (let i = 0; i + j <= n; i += 1, next += 1) {
				putPoint(mesh, corners, i / n, j / n, points, next);
			}
		}
	}
	return { lights: dome.length, places: ask(points, dome), first, steps };
}

/** Fills in how finely triangles are divided; gives how many places that takes. */
function divide({ positions, indices }: Mesh, fineM: number, steps: Uint8Array): number {
	const side = (a: number, b: number) => {
		const x = (positions[a * 3] ?? 0) - (positions[b * 3] ?? 0);
		const y = (positions[a * 3 + 1] ?? 0) - (positions[b * 3 + 1] ?? 0);
		const z = (positions[a * 3 + 2] ?? 0) - (positions[b * 3 + 2] ?? 0);
		return Math.sqrt(x * x + y * y + z * z);
	};
	let total = 0;
	for (let t = 0; t < steps.length; t += 1) {
		const [a, b, c] = [indices[t * 3] ?? 0, indices[t * 3 + 1] ?? 0, indices[t * 3 + 2] ?? 0];
		const longest = Math.max(side(a, b), side(b, c), side(c, a));
		const n = Math.min(Math.max(Math.ceil(longest / fineM), 1), MOST_STEPS);
		steps[t] = n;
		if (n > 1) total += ((n + 1) * (n + 2)) / 2;
	}
	return total;
}

/** Notes position and normal of a point in a triangle. */
function putPoint(
	{ positions, normals }: Mesh,
	[i = 0, j = 0, k = 0]: number[],
	a: number,
	b: number,
	points: Float32Array,
	at: number,
): void {
	const c = 1 - a - b;
	for (let axis = 0; axis < 3; axis += 1) {
		const mix = (array: Float32Array | undefined) =>
			a * (array?.[i * 3 + axis] ?? 0) +
			b * (array?.[j * 3 + axis] ?? 0) +
			c * (array?.[k * 3 + axis] ?? 0);
		points[at * 6 + axis] = mix(positions);
		points[at * 6 + 3 + axis] = mix(normals);
	}
}

function ask(points: Float32Array, dome: LightMap[]): Uint8Array {
	const count = points.length / 6;
	const table = new LightTable(dome);
	const places = new Uint8Array(new SharedArrayBuffer(count * dome.length));
	for (let map = 0; map < dome.length; map += 1) {
		const row = map * ROW;
		const [dx = 0, dy = 0, dz = 0] = table.rows.subarray(row + 8, row + 11);
		const biasM = table.rows[row + 12] ?? 0;
		for (let i = 0; i < count; i += 1) {
			const nx = points[i * 6 + 3] ?? 0;
			const ny = points[i * 6 + 4] ?? 0;
			const nz = points[i * 6 + 5] ?? 0;
			const push = biasM * (1 - Math.abs(nx * dx + ny * dy + nz * dz));
			const x = (points[i * 6] ?? 0) + nx * push;
			const y = (points[i * 6 + 1] ?? 0) + ny * push;
			const z = (points[i * 6 + 2] ?? 0) + nz * push;
			places[i * dome.length + map] = Math.round(table.lit(map, x, y, z) * 255);
		}
	}
	return places;
}

/**
 * Which places say how much of the dome reaches a point: `corners` are the vertices of triangle `t`,
 * `a` and `b` the shares of its first two.
 */
export function placesAt(
	{ first, steps }: DomeReach,
	t: number,
	[i, j, k]: readonly [number, number, number],
	a: number,
	b: number,
	out: Mixture,
): void {
	const { places, shares } = out;
	const begin = first[t] ?? -1;
	if (begin === -1) {
		[places[0], places[1], places[2]] = [i, j, k];
		[shares[0], shares[1], shares[2]] = [a, b, 1 - a - b];
		return;
	}
	const n = steps[t] ?? 1;
	const across = Math.min(Math.floor(a * n), n - 1);
	const down = Math.min(Math.floor(b * n), n - 1 - across);
	const [u, v] = [a * n - across, b * n - down];
	const row = (j: number) => begin + j * (n + 1) - (j * (j - 1)) / 2;
	places[1] = row(down) + across + 1;
	places[2] = row(down + 1) + across;
	if (u + v <= 1 || across + down === n - 1) {
		places[0] = row(down) + across;
		[shares[0], shares[1], shares[2]] = [1 - u - v, u, v];
		return;
	}
	places[0] = row(down + 1) + across + 1;
	[shares[0], shares[1], shares[2]] = [u + v - 1, 1 - v, 1 - u];
}
