import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import type { Skin } from './polygonise.ts';

/** Flecks of noise are smaller than this, and nothing modelled is. */
const CRUMB_TRIANGLES = 60;

/** The crumbs: vertices of pieces with fewer than `leastTriangles`, by union-find over the triangles. */
function crumbs(skin: Skin, leastTriangles: number): Uint8Array {
	const parent = Uint32Array.from({ length: skin.materials.length }, (_, i) => i);
	const root = (v: number) => {
		let at = v;
		while (parent[at] !== at) {
			parent[at] = parent[parent[at] ?? 0] ?? 0;
			at = parent[at] ?? 0;
		}
		return at;
	};
	for (let i = 0; i < skin.indices.length; i += 3) {
		const a = root(skin.indices[i] ?? 0);
		parent[root(skin.indices[i + 1] ?? 0)] = a;
		parent[root(skin.indices[i + 2] ?? 0)] = a;
	}
	const triangles = new Uint32Array(parent.length);
	for (let i = 0; i < skin.indices.length; i += 3) {
		const at = root(skin.indices[i] ?? 0);
		triangles[at] = (triangles[at] ?? 0) + 1;
	}
	return Uint8Array.from(parent, (_, v) => ((triangles[root(v)] ?? 0) < leastTriangles ? 1 : 0));
}

/** How far to move an object so that it stands on y = 0 with the middle of its box over the origin. */
function resting(positions: Float32Array): readonly [number, number, number] {
	const min = [Infinity, Infinity, Infinity];
	const max = [-Infinity, -Infinity, -Infinity];
	for (let i = 0; i < positions.length; i++) {
		min[i % 3] = Math.min(min[i % 3] ?? 0, positions[i] ?? 0);
		max[i % 3] = Math.max(max[i % 3] ?? 0, positions[i] ?? 0);
	}
	const middle = (c: number) => ((min[c] ?? 0) + (max[c] ?? 0)) / 2;
	return [-middle(0), -(min[1] ?? 0), -middle(2)];
}

/** The skin's vertices that one material uses, and its triangles over them. */
interface Share {
	readonly vertices: number[];
	readonly indices: number[];
}

function shareOut(skin: Skin, isCrumb: Uint8Array, materialCount: number): Share[] {
	const shares = Array.from(
		{ length: materialCount },
		(): Share => ({ vertices: [], indices: [] }),
	);
	const numbers = shares.map(() => new Int32Array(skin.materials.length).fill(-1));
	for (let i = 0; i < skin.indices.length; i += 3) {
		const corners = [0, 1, 2].map((k) => skin.indices[i + k] ?? 0);
		if (isCrumb[corners[0] ?? 0] === 1) continue;
		const material = Math.max(...corners.map((v) => skin.materials[v] ?? 0));
		const share = shares[material];
		const number = numbers[material];
		if (!share || !number) throw new Error(`paint: there is no material ${material} — name it`);
		for (const v of corners) {
			if ((number[v] ?? -1) < 0) number[v] = share.vertices.push(v) - 1;
			share.indices.push(number[v] ?? 0);
		}
	}
	return shares;
}

/** The three numbers of each of `vertices`, one after the other. */
function picked(from: ArrayLike<number>, vertices: readonly number[]): number[] {
	return vertices.flatMap((v) => [from[v * 3] ?? 0, from[v * 3 + 1] ?? 0, from[v * 3 + 2] ?? 0]);
}

/**
 * Splits a skin by material (a triangle takes the largest number among its corners), without crumbs,
 * at rest on the ground.
 */
export function partsOf(skin: Skin, materials: readonly DemoMaterial[]): DemoPart[] {
	const isCrumb = crumbs(skin, CRUMB_TRIANGLES);
	const move = resting(skin.positions.filter((_, i) => isCrumb[Math.floor(i / 3)] === 0));
	const shares = shareOut(skin, isCrumb, materials.length);
	return materials.map((material, number) => {
		const { vertices, indices } = shares[number] ?? { vertices: [], indices: [] };
		const positions = Float32Array.from(picked(skin.positions, vertices));
		return {
			material,
			positions: positions.map((value, i) => value + (move[i % 3] ?? 0)),
			normals: Float32Array.from(picked(skin.normals, vertices)),
			colors: Uint8Array.from(picked(skin.colors, vertices)),
			indices: Uint32Array.from(indices),
		};
	});
}
