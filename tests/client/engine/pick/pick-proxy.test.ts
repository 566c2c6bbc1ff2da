import { Box3, BufferAttribute, BufferGeometry, Ray, Vector3 } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPickTree } from '../../../../client/engine/pick/build-pick-tree.ts';
import { makeHit } from '../../../../client/engine/pick/hit.ts';
import { PickProxy } from '../../../../client/engine/pick/pick-proxy.ts';
import { type PickSurface, pickSurfaceOf } from '../../../../client/engine/pick/pick-surface.ts';
import { firstHit, nearestM } from './brute-force.ts';
import { aBallProxy, aBallSurface, aLowTier, raysAt } from './pieces.ts';

const RAYS = 300;

/** Asks every triangle as well, and counts hits and misses. */
function compare(proxy: PickProxy, rays: readonly Ray[]): { hits: number; misses: number } {
	const tolerance =
		1e-5 * new Box3().setFromArray(proxy.tree.positions).getSize(new Vector3()).length();
	const seen = { hits: 0, misses: 0 };
	for (const ray of rays) {
		const truth = firstHit(ray, proxy.tree);
		const found = proxy.pick(ray, makeHit());
		if (truth === undefined) {
			expect(found).toBeUndefined();
			seen.misses += 1;
			continue;
		}
		seen.hits += 1;
		expect(found?.pointM.distanceTo(truth.pointM)).toBeLessThan(tolerance);
		expect(Math.abs((found?.distanceM ?? 0) - truth.distanceM)).toBeLessThan(tolerance);
		expect(found?.face).toBe(truth.face);
		const seenNormal = truth.normal.dot(ray.direction) > 0 ? truth.normal.negate() : truth.normal;
		expect(found?.normal.distanceTo(seenNormal)).toBeLessThan(1e-6);
	}
	return seen;
}

describe('a ray at the proxy of a piece', () => {
	let surface: PickSurface;
	let proxy: PickProxy;

	beforeAll(async () => {
		surface = pickSurfaceOf(await aLowTier('glazed-ridge-beast.glb'));
		proxy = new PickProxy(buildPickTree({ ...surface, indices: surface.indices.slice() }));
	}, 120_000);

	it('meets what asking every triangle finds, and misses what it misses', () => {
		const { hits, misses } = compare(proxy, raysAt(surface, RAYS, 7));
		expect(hits).toBeGreaterThan(RAYS / 3);
		expect(misses).toBeGreaterThan(RAYS / 20);
	});

	it('meets backs too where they are drawn, with the normal towards the eye', () => {
		const both = new PickProxy({ ...proxy.tree, isDoubleSided: true });
		const { hits } = compare(both, raysAt(surface, RAYS / 3, 11));
		expect(hits).toBeGreaterThan(RAYS / 9);
	});

	it('keeps every triangle, and its tree is one of three-mesh-bvh', () => {
		const sorted = ({ indices }: PickSurface) =>
			Array.from({ length: indices.length / 3 }, (_, i) =>
				indices.slice(i * 3, i * 3 + 3).join(' '),
			).sort();
		expect(sorted(proxy.tree)).toEqual(sorted(surface));
		const { positions, indices, nodes } = proxy.tree;
		const geometry = new BufferGeometry();
		geometry.setAttribute('position', new BufferAttribute(positions, 3));
		geometry.setIndex(new BufferAttribute(indices, 1));
		const packed = { version: 1, roots: [nodes], index: indices, indirectBuffer: null };
		const theirs = MeshBVH.deserialize(packed, geometry);
		for (const ray of raysAt(surface, RAYS, 13)) {
			expect(proxy.pick(ray, makeHit())?.distanceM).toBe(theirs.raycastFirst(ray)?.distance);
		}
	});

	it('finds the nearest point of the surface, inside and outside', () => {
		const places = raysAt(surface, 40, 17).map(({ origin }) => origin);
		for (const place of places) {
			const truth = nearestM(place, surface);
			const found = proxy.closestPointTo(place, makeHit());
			expect(found?.distanceM).toBeCloseTo(truth, 9);
			expect(found?.pointM.distanceTo(place)).toBeCloseTo(truth, 9);
			expect(proxy.closestPointTo(place, makeHit(), truth * 0.99)).toBeUndefined();
			expect(proxy.closestPointTo(place, makeHit(), truth * 1.01)?.face).toBe(found?.face);
		}
	});
});

describe('the proxy of a small piece', () => {
	it('writes into the hit it is given and makes no other', () => {
		const proxy = aBallProxy();
		const hit = makeHit();
		const { pointM, normal } = hit;
		for (const x of [0, 0.1]) {
			const found = proxy.pick(new Ray(new Vector3(x, 0, 5), new Vector3(0, 0, -1)), hit);
			expect(found).toBe(hit);
			expect(hit.pointM.x).toBeCloseTo(x);
			const near = proxy.closestPointTo(new Vector3(x, 3, 0), hit);
			expect(near).toBe(hit);
		}
		expect(hit.pointM).toBe(pointM);
		expect(hit.normal).toBe(normal);
	});

	it('leaves the hit as it was when the ray meets nothing', () => {
		const hit = makeHit();
		const ray = new Ray(new Vector3(0, 5, 5), new Vector3(0, 0, -1));
		expect(aBallProxy().pick(ray, hit)).toBeUndefined();
		expect(hit).toEqual(makeHit());
	});

	it('is met by rays along an axis that touch the side of a box', () => {
		const positions = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0]);
		const indices = Uint32Array.from([0, 1, 2, 2, 1, 3]);
		const plate = new PickProxy(buildPickTree({ positions, indices, isDoubleSided: false }));
		for (const [x, y] of [
			[0, 0.5],
			[1, 0.5],
			[0.5, 0],
			[0.5, 1],
		] as const) {
			const ray = new Ray(new Vector3(x, y, 2), new Vector3(0, 0, -1));
			const found = plate.pick(ray, makeHit());
			expect(found?.distanceM).toBe(2);
			expect(found?.normal.z).toBe(1);
		}
		const behind = new Ray(new Vector3(0.5, 0.5, -2), new Vector3(0, 0, 1));
		expect(plate.pick(behind, makeHit())).toBeUndefined();
		const away = new Ray(new Vector3(0.5, 0.5, 2), new Vector3(0, 0, 1));
		expect(plate.pick(away, makeHit())).toBeUndefined();
	});

	it('is refused without triangles', () => {
		const nothing = { ...aBallSurface(), indices: new Uint32Array() };
		expect(() => buildPickTree(nothing)).toThrow('no triangles');
	});
});
