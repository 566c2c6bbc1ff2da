import { COLOUR_MAX, toUnorm16 } from '../../digitize/colour.ts';
import { memoryFile } from '../../digitize/intake/memory-file.ts';
import { flatten } from '../../digitize/mesh/flatten.ts';
import type { Mesh } from '../../digitize/mesh/mesh.ts';
import { smoothNormals } from '../../digitize/mesh/normals.ts';
import { weld } from '../../digitize/mesh/weld.ts';
import { readGltf } from '../../digitize/read/gltf/read-gltf.ts';

/** Heights of the relief, octave by octave, as shares of the piece's size. */
const RELIEF = [0.0008, 0.0004, 0.0002, 0.0001];
const RELIEF_SUM = RELIEF.reduce((sum, share) => sum + share, 0);
/** What is white turns into the yellow of bone. */
const TINT = [0.9, 0.8, 0.6];
/** Waves of the first octave across the piece. */
const WAVES = 40;

/**
 * Makes a dense scan of about a million triangles out of a smaller one, as a laser would have taken
 * it: every edge cut in `cuts`, fine relief along the normals, colours in the vertices, no texture.
 */
export async function denseScan(glb: Buffer, cuts: number): Promise<Mesh> {
	const { mesh, materials, textures } = await readGltf(memoryFile('coarse.glb', glb), 'glb');
	const flat = await flatten(mesh, materials, textures);
	return emboss(weld(divide({ ...flat.mesh, uvs: undefined, normals: undefined }, cuts)));
}

/** A ball of about `triangles` triangles with the same relief, painted in bands: needs no file. */
export function denseBall(triangles: number): Mesh {
	const rings = Math.round(Math.sqrt(triangles / 4));
	const segments = rings * 2;
	const row = segments + 1;
	const positions = new Float32Array((rings + 1) * row * 3);
	const colours = new Uint16Array((rings + 1) * row * 4).fill(COLOUR_MAX);
	for (let vertex = 0; vertex < (rings + 1) * row; vertex += 1) {
		const ring = Math.floor(vertex / row);
		const theta = (ring / rings) * Math.PI;
		const phi = (((vertex % row) % segments) / segments) * 2 * Math.PI;
		const sin = ring === 0 || ring === rings ? 0 : Math.sin(theta);
		positions.set([sin * Math.sin(phi) + 0, Math.cos(theta), sin * Math.cos(phi) + 0], vertex * 3);
		for (let k = 0; k < 3; k += 1) {
			colours[vertex * 4 + k] = toUnorm16(0.4 + 0.3 * Math.sin(theta * (9 + k * 4) + phi * 3));
		}
	}
	const indices: number[] = [];
	for (let a = 0; a < rings * row; a += 1) {
		if (a % row === segments) continue;
		if (a >= row) indices.push(a, a + row, a + 1);
		if (a < (rings - 1) * row) indices.push(a + 1, a + row, a + row + 1);
	}
	const materialOf = new Uint16Array(positions.length / 3);
	return emboss(
		weld({
			positions,
			normals: undefined,
			uvs: undefined,
			colours,
			materialOf,
			indices: Uint32Array.from(indices),
		}),
	);
}

/** Cuts every triangle into `cuts`² like it; corners that coincide are for `weld` to join. */
function divide(mesh: Mesh, cuts: number): Mesh {
	const corners = ((cuts + 1) * (cuts + 2)) / 2;
	const triangles = mesh.indices.length / 3;
	const positions = new Float32Array(triangles * corners * 3);
	const colours = new Uint16Array(triangles * corners * 4);
	const indices = new Uint32Array(triangles * cuts * cuts * 3);
	let at = 0;
	for (let t = 0; t < triangles; t += 1) {
		let vertex = t * corners;
		for (let i = 0; i <= cuts; i += 1) {
			for (let j = 0; j <= cuts - i; j += 1) {
				blend(mesh, t, [(cuts - i - j) / cuts, i / cuts, j / cuts], positions, colours, vertex);
				vertex += 1;
			}
		}
		at = cutTriangle(indices, at, t * corners, cuts);
	}
	return {
		positions,
		normals: undefined,
		uvs: undefined,
		colours: mesh.colours && colours,
		materialOf: new Uint16Array(triangles * corners),
		indices,
	};
}

/** A point of a triangle. Weights are summed by the lower vertex first: both sides of an edge agree. */
function blend(
	mesh: Mesh,
	triangle: number,
	weights: readonly [number, number, number],
	positions: Float32Array,
	colours: Uint16Array,
	vertex: number,
): void {
	const own = [...mesh.indices.subarray(triangle * 3, triangle * 3 + 3)];
	const pairs = own.map((index, k) => [index, weights[k] ?? 0] as const);
	for (const [index, weight] of pairs.toSorted(([a], [b]) => a - b)) {
		if (weight === 0) continue;
		addScaled(positions, vertex * 3, mesh.positions, index * 3, 3, weight);
		if (mesh.colours) addScaled(colours, vertex * 4, mesh.colours, index * 4, 4, weight);
	}
}

function cutTriangle(indices: Uint32Array, from: number, first: number, cuts: number): number {
	let at = from;
	let row = first;
	for (let i = 0; i < cuts; i += 1) {
		const next = row + cuts - i + 1;
		for (let j = 0; j < cuts - i; j += 1) {
			indices.set([row + j, next + j, row + j + 1], at);
			at += 3;
			if (j === cuts - i - 1) continue;
			indices.set([row + j + 1, next + j, next + j + 1], at);
			at += 3;
		}
		row = next;
	}
	return at;
}

function addScaled(
	into: Float32Array | Uint16Array,
	at: number,
	from: Float32Array | Uint16Array,
	fromAt: number,
	width: number,
	weight: number,
): void {
	for (let k = 0; k < width; k += 1) {
		into[at + k] = (into[at + k] ?? 0) + (from[fromAt + k] ?? 0) * weight;
	}
}

/** Moves every vertex along its normal by a few octaves of waves; recesses are darker, as dust has them. */
function emboss(mesh: Mesh): Mesh {
	const { positions, indices } = mesh;
	const normals = smoothNormals(positions, indices);
	const size = positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * 2;
	for (let i = 0; i < positions.length; i += 3) {
		const [x, y, z] = [0, 1, 2].map((k) => ((positions[i + k] ?? 0) / size) * WAVES);
		let height = 0;
		for (const [octave, share] of RELIEF.entries()) {
			const wave = 2 ** octave * 2.2;
			height +=
				share *
				size *
				Math.sin((x ?? 0) * wave + octave) *
				Math.sin((y ?? 0) * wave * 1.1) *
				Math.cos((z ?? 0) * wave * 0.9);
		}
		const light = 0.6 + (height / (RELIEF_SUM * size)) * 0.4;
		for (let k = 0; k < 3; k += 1) {
			positions[i + k] = (positions[i + k] ?? 0) + (normals[i + k] ?? 0) * height;
			if (!mesh.colours) continue;
			const at = (i / 3) * 4 + k;
			mesh.colours[at] = (mesh.colours[at] ?? 0) * light * (TINT[k] ?? 1);
		}
	}
	return { ...mesh, normals: smoothNormals(positions, indices) };
}
