import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviation } from '../../../../scripts/digitize/mesh/deviation.ts';
import { boundsOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { type Mesh, plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { TriangleTree } from '../../../../scripts/digitize/mesh/triangle-tree.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';
import { readGltf } from '../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { type BuiltTiles, buildTiles } from '../../../../scripts/digitize/tiles/build-tiles.ts';

import { planTiles } from '../../../../scripts/digitize/tiles/plan-tiles.ts';
import { shareMesh } from '../../../../scripts/digitize/tiles/share-mesh.ts';
import type { SharedMesh } from '../../../../scripts/digitize/tiles/shared-mesh.ts';
import {
	type CellBox,
	type TileNode,
	tilesOf,
} from '../../../../scripts/digitize/tiles/tile-tree.ts';
import { aBall, aGlb, type TestMesh } from '../../../support/meshes.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';
import { cutOf, openEdges, readTile, trianglesOf } from './tile-files.ts';

const TRIANGLES = 16_000;
/** As `planTiles` plans for large scans, with tiles a test can look at. */
const PLAN = { depth: 5, levels: [0, 1, 3, 5], triangles: 500 };

/** A closed, painted ball of two materials, with a seam from pole to pole. */
async function aScan(): Promise<Mesh> {
	const { mesh } = await readGltf(
		sourceOf('ball.glb', aGlb({ mesh: aBall(TRIANGLES), hasColours: true })),
		'glb',
	);
	const half = mesh.materialOf.length / 2;
	mesh.materialOf = mesh.materialOf.map((_, i) => (i < half ? 0 : 1));
	return weld(mesh);
}

const MATERIALS = [plainMaterial('glaze'), plainMaterial('bronze')];

/** A square of a metre, standing upright, its colours in the vertices. */
function aPainting(columns: number): TestMesh {
	const mesh: TestMesh = { positions: [], normals: [], uvs: [], colours: [], indices: [] };
	const row = columns + 1;
	for (let i = 0; i < row * row; i += 1) {
		const [x, y] = [(i % row) / columns, Math.floor(i / row) / columns];
		mesh.positions.push(x, y, 0);
		mesh.normals.push(0, 0, 1);
		mesh.uvs.push(x, 1 - y);
		mesh.colours.push(x, 0.5 + Math.sin(y * 40) / 2, 0.2, 1);
		const isCorner = i % row < columns && i < columns * row;
		if (isCorner) mesh.indices.push(i, i + 1, i + row, i + row, i + 1, i + row + 1);
	}
	return mesh;
}

interface Tiling {
	shared: SharedMesh;
	built: BuiltTiles;
}

async function tiling(mesh: Mesh, dir: string, threads: number, plan = PLAN): Promise<Tiling> {
	await mkdir(dir, { recursive: true });
	const shared = await shareMesh(mesh, MATERIALS);
	const { signal } = new AbortController();
	const onTile = async () => {};
	const built = await buildTiles(shared, MATERIALS, {
		plan,
		dir,
		threads,
		signal,
		onTile,
		textures: [],
	});
	return { shared, built };
}

/** Some tiles as one mesh. */
function joined(meshes: Mesh[]): Mesh {
	const positions: number[] = [];
	const indices: number[] = [];
	for (const mesh of meshes) {
		const first = positions.length / 3;
		for (const v of mesh.positions) positions.push(v);
		for (const index of mesh.indices) indices.push(first + index);
	}
	return {
		positions: Float32Array.from(positions),
		normals: undefined,
		uvs: undefined,
		colours: undefined,
		materialOf: new Uint16Array(positions.length / 3),
		indices: Uint32Array.from(indices),
	};
}

describe('a scan cut into tiles', () => {
	let folder: TemporaryFolder;
	let scan: Mesh;
	let dir: string;
	let shared: SharedMesh;
	let root: TileNode;
	const meshes = new Map<string, Mesh>();
	const meshesOf = (tiles: TileNode[]) => tiles.flatMap(({ file }) => meshes.get(file) ?? []);

	beforeAll(async () => {
		folder = await temporaryFolder('tiles');
		scan = await aScan();
		dir = join(folder.path, 'two');
		const tiled = await tiling(scan, dir, 2);
		shared = tiled.shared;
		root = tiled.built.root;
		for (const { file } of tilesOf(root)) meshes.set(file, await readTile(dir, file));
	});

	afterAll(() => folder[Symbol.asyncDispose]());

	it('has all its triangles in its leaves, each once, and fewer at every level above', () => {
		const leaves = tilesOf(root).filter(({ children }) => children.length === 0);
		const { lattice, positions } = shared;
		const cells = Float32Array.from(
			positions,
			(cell, i) => (lattice.origin[i % 3] ?? 0) + cell * lattice.stepM,
		);
		const source = trianglesOf([{ ...scan, positions: cells, indices: shared.indices }]);
		expect(shared.indices.length).toBe(scan.indices.length);
		expect(trianglesOf(meshesOf(leaves)).toSorted()).toEqual(source.toSorted());
		const counts = PLAN.levels.map((_, level) =>
			tilesOf(root)
				.filter(({ file }) => file.startsWith(`${level}/`))
				.reduce((sum, { triangles }) => sum + triangles, 0),
		);
		expect(counts.at(-1)).toBe(scan.indices.length / 3);
		for (const [level, count] of counts.slice(0, -1).entries()) {
			expect(count).toBeLessThan((counts[level + 1] ?? 0) * 0.8);
		}
	});

	it('shows no gap at any level, nor where levels meet', () => {
		expect(openEdges([scan])).toBe(0);
		for (const depth of PLAN.levels.keys()) {
			const level = cutOf(root, ({ file }) => Number.parseInt(file, 10) < depth);
			expect(openEdges(meshesOf(level))).toBe(0);
		}
		for (let seed = 1; seed <= 12; seed += 1) {
			// Knuth's multiplicative hash tells which tiles this cut goes through.
			const isOdd = ({ id }: TileNode) => (Math.imul(id * 31 + seed, 2_654_435_761) >>> 28) % 2;
			const cut = cutOf(root, (tile) => tile.id === 1 || isOdd(tile) === 1);
			const levels = new Set(cut.map(({ file }) => file[0]));
			expect(openEdges(meshesOf(cut))).toBe(0);
			if (seed === 1) expect(levels.size).toBeGreaterThan(1);
		}
	});

	it('carries the same lattice in every tile, so that shared places are computed alike', async () => {
		const nodes = new Set<string>();
		for (const { file } of tilesOf(root)) {
			const glb = await readFile(join(dir, file));
			const json = JSON.parse(glb.toString('utf8', 20, 20 + glb.readUInt32LE(12)));
			nodes.add(JSON.stringify(json.nodes));
		}
		expect(nodes.size).toBe(1);
		expect(Number.isInteger(Math.log2(shared.lattice.stepM))).toBe(true);
	});

	it('says an error that is true, and never less than further down', () => {
		for (const tile of tilesOf(root)) {
			for (const child of tile.children) expect(child.errorM).toBeLessThanOrEqual(tile.errorM);
		}
		const tree = TriangleTree.index(scan);
		const roundingM = (shared.lattice.stepM * Math.sqrt(3)) / 2;
		for (const depth of [0, 1, 2]) {
			const level = cutOf(root, ({ file }) => Number.parseInt(file, 10) < depth);
			const stated = Math.max(...level.map(({ errorM }) => errorM));
			const { maxM: measured } = deviation(scan, tree, joined(meshesOf(level)));
			expect(measured).toBeGreaterThan(0);
			expect(measured).toBeLessThanOrEqual(stated + roundingM);
		}
	});

	it('has boxes that hold their content and those of their children', () => {
		const { origin, stepM } = shared.lattice;
		const toMetres = (cells: number[]) => cells.map((cell, k) => (origin[k] ?? 0) + cell * stepM);
		const holds = (outer: CellBox, inner: CellBox) =>
			[0, 1, 2].every(
				(k) =>
					(inner.min[k] ?? 0) >= (outer.min[k] ?? 0) && (inner.max[k] ?? 0) <= (outer.max[k] ?? 0),
			);
		for (const { box, file, children } of tilesOf(root)) {
			const box3 = { min: toMetres(box.min), max: toMetres(box.max) };
			const content = boundsOf(meshes.get(file)?.positions ?? new Float32Array(0));
			expect(holds(box3, content)).toBe(true);
			expect(children.every((child) => holds(box, child.box))).toBe(true);
		}
	});

	it('keeps normals that point out and the colours of the scan', () => {
		for (const mesh of meshes.values()) {
			const { positions, normals, colours } = mesh;
			for (let i = 0; i < positions.length; i += 3) {
				const out = [0, 1, 2].map((k) => (positions[i + k] ?? 0) * (normals?.[i + k] ?? 0));
				expect(out.reduce((sum, v) => sum + v, 0)).toBeGreaterThan(0.9);
			}
			// Green is 0.3 everywhere on the ball.
			const greens = Array.from(colours ?? []).filter((_, i) => i % 4 === 1);
			for (const green of greens) expect(Math.abs(green / 65535 - 0.3)).toBeLessThan(0.005);
		}
	});

	it('gives the same bytes with one thread as with two', async () => {
		const single = join(folder.path, 'one');
		const { built } = await tiling(scan, single, 1);
		expect(built.root).toEqual(root);
		for (const { file } of tilesOf(root)) {
			const [a, b] = await Promise.all([dir, single].map((d) => readFile(join(d, file))));
			expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
		}
	});

	it('keeps its borders shut where cells end beyond 16 bits', async () => {
		const { lattice } = shared;
		const stepM = lattice.stepM / 1024;
		const positions = Uint32Array.from(scan.positions, (v, i) =>
			Math.round((v - (lattice.origin[i % 3] ?? 0)) / stepM),
		);
		const fine = {
			...(await shareMesh(scan, MATERIALS)),
			positions,
			lattice: { ...lattice, stepM },
		};
		expect(positions.some((cell) => cell > 65535)).toBe(true);
		const into = join(folder.path, 'fine');
		const { signal } = new AbortController();
		const options = {
			plan: PLAN,
			dir: into,
			threads: 2,
			signal,
			onTile: async () => {},
			textures: [],
		};
		const { root: top } = await buildTiles(fine, MATERIALS, options);
		const cut = cutOf(top, ({ id }) => id % 3 !== 0);
		const read = await Promise.all(cut.map(({ file }) => readTile(into, file)));
		expect(new Set(cut.map(({ file }) => file[0])).size).toBeGreaterThan(1);
		expect(openEdges(read)).toBe(0);
	});

	it('sharpens a flat painting too, whose surface no level changes', async () => {
		const glb = aGlb({ mesh: aPainting(40), hasColours: true });
		const { mesh } = await readGltf(sourceOf('painting.glb', glb), 'glb');
		const plan = { depth: 4, levels: [0, 2, 4], triangles: 200 };
		const { built } = await tiling(mesh, join(folder.path, 'painting'), 1, plan);
		const [quarter] = built.root.children;
		// A metre with 400 triangles has a vertex every 7 cm or so.
		expect(built.root.errorM).toBeGreaterThan(0.03);
		expect(quarter?.errorM).toBeLessThan(built.root.errorM);
		expect(quarter?.errorM).toBeGreaterThan(0.01);
	});

	it('is one tile when it is small', async () => {
		const plan = planTiles(scan.indices.length / 3, 0);
		expect(plan).toMatchObject({ depth: 0, levels: [0] });
		const { built } = await tiling(scan, join(folder.path, 'small'), 1, plan);
		expect(built.root).toMatchObject({ file: '0/0.glb', errorM: 0, children: [] });
		expect(built.root.triangles).toBe(scan.indices.length / 3);
	});
});
