import { readFile } from 'node:fs/promises';
import { Box3, type Group, Ray, Vector3 } from 'three';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { buildPickTree } from '../../../../client/engine/pick/build-pick-tree.ts';
import { PickProxy } from '../../../../client/engine/pick/pick-proxy.ts';
import type { PickSurface } from '../../../../client/engine/pick/pick-surface.ts';
import { buildTier } from '../../../../scripts/digitize/ladder/build-tier.ts';
import { simplify } from '../../../../scripts/digitize/mesh/simplify.ts';
import { readSurface, sourceOf } from '../../../scripts/digitize/source-of.ts';
import { aBall } from '../../../support/meshes.ts';

/** The low tier of one of our own models as the pipeline writes it, without its pictures: quantised and packed. */
export async function aLowTier(name: string): Promise<Group> {
	const path = new URL(`../../../../assets/sources/${name}`, import.meta.url);
	const scan = await readSurface(sourceOf(name, await readFile(path)));
	const { mesh } = await simplify(scan.mesh, 25_000);
	const { glb } = await buildTier(mesh, scan.materials, [], {
		px: 1,
		quality: 1,
		roles: [],
		normalBits: 8,
	});
	const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
	const { scene } = await loader.parseAsync(Uint8Array.from(glb).buffer, '');
	return scene;
}

/** A closed, bumpy ball, one metre in radius. */
export function aBallSurface(triangles = 480): PickSurface {
	const { positions, indices } = aBall(triangles);
	return {
		positions: Float32Array.from(positions),
		indices: Uint32Array.from(indices),
		isDoubleSided: false,
	};
}

export function aBallProxy(triangles = 480): PickProxy {
	return new PickProxy(buildPickTree(aBallSurface(triangles)));
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Rays from round about a surface, and some from within its box, aimed at places in and near it. */
export function raysAt({ positions }: PickSurface, count: number, seed: number): Ray[] {
	const box = new Box3().setFromArray(positions);
	const size = box.getSize(new Vector3());
	const middle = box.getCenter(new Vector3());
	const next = seeded(seed);
	const place = (spread: number) =>
		new Vector3(next() - 0.5, next() - 0.5, next() - 0.5)
			.multiply(size)
			.multiplyScalar(spread)
			.add(middle);
	return Array.from({ length: count }, (_, i) => {
		const from = place(i % 5 === 0 ? 0.8 : 4);
		return new Ray(from, place(1.3).sub(from).normalize());
	});
}
