import { describe, expect, it } from 'vitest';
import { deviation } from '../../../../scripts/digitize/mesh/deviation.ts';
import { pointTriangleDistanceSquared } from '../../../../scripts/digitize/mesh/point-triangle.ts';
import { type Triangles, TriangleTree } from '../../../../scripts/digitize/mesh/triangle-tree.ts';
import { aBall } from '../../../support/meshes.ts';

function ball(triangles: number, radius = 1): Triangles {
	const { positions, indices } = aBall(triangles);
	return {
		positions: Float32Array.from(positions, (v) => v * radius),
		indices: Uint32Array.from(indices),
	};
}

/** A square sheet in the plane y = `height`, `side` long, cut into `cuts`² squares. */
function sheet(height: number, side: number, cuts: number): Triangles {
	const row = cuts + 1;
	const positions = Array.from({ length: row * row }, (_, i) => [
		((i % row) / cuts) * side,
		height,
		(Math.floor(i / row) / cuts) * side,
	]);
	const corners = Array.from({ length: cuts * cuts }, (_, i) => {
		const a = Math.floor(i / cuts) * row + (i % cuts);
		return [a, a + row, a + 1, a + 1, a + row, a + row + 1];
	});
	return {
		positions: Float32Array.from(positions.flat()),
		indices: Uint32Array.from(corners.flat()),
	};
}

/** The nearest triangle by trying them all. */
function bruteForce({ positions, indices }: Triangles, x: number, y: number, z: number): number {
	let best = Number.POSITIVE_INFINITY;
	for (let t = 0; t < indices.length; t += 3) {
		const [a = 0, b = 0, c = 0] = [...indices.subarray(t, t + 3)].map((i) => i * 3);
		best = Math.min(best, pointTriangleDistanceSquared(positions, a, b, c, x, y, z));
	}
	return best;
}

/** The distance to a triangle by trying 2,000 places of it. */
function tried(corners: number[][], point: number[]): number {
	const [a = [], b = [], c = []] = corners;
	let best = Number.POSITIVE_INFINITY;
	for (let i = 0; i <= 60; i += 1) {
		for (let j = 0; j <= 60 - i; j += 1) {
			const place = point.map(
				(_, k) =>
					((a[k] ?? 0) * (60 - i - j) + (b[k] ?? 0) * i + (c[k] ?? 0) * j) / 60 - (point[k] ?? 0),
			);
			best = Math.min(best, Math.hypot(...place));
		}
	}
	return best;
}

describe('the distance to a surface', () => {
	it('is the distance to the nearest of all triangles', () => {
		const surface = ball(1_000);
		const tree = new TriangleTree(surface, TriangleTree.index(surface));
		for (let i = 0; i < 150; i += 1) {
			const [x, y, z] = [Math.sin(i * 1.7) * 1.4, Math.cos(i * 2.3) * 1.4, Math.sin(i * 0.9) * 1.4];
			expect(tree.distanceSquared(x, y, z)).toBe(bruteForce(surface, x, y, z));
		}
	});

	it('holds for a surface of a single triangle, and for needles across the whole piece', () => {
		for (const cuts of [1, 40]) {
			const needles: number[] = [];
			for (let i = 0; i < cuts; i += 1) {
				needles.push(
					Math.cos(i),
					Math.sin(i * 3),
					Math.sin(i),
					-Math.cos(i),
					0,
					0.01,
					0,
					i / 40,
					1,
				);
			}
			const surface = {
				positions: Float32Array.from(needles),
				indices: Uint32Array.from({ length: cuts * 3 }, (_, i) => i),
			};
			const tree = new TriangleTree(surface, TriangleTree.index(surface));
			for (let i = 0; i < 50; i += 1) {
				const [x, y, z] = [Math.sin(i * 7), Math.cos(i * 5), Math.sin(i * 11)];
				expect(tree.distanceSquared(x, y, z)).toBe(bruteForce(surface, x, y, z));
			}
		}
	});

	it('is right over the face, the edges, the corners, and a triangle without area', () => {
		const flat = [
			[0, 0, 0],
			[1, 0, 0],
			[2, 0, 0],
		];
		const triangle = [
			[0, 0, 0],
			[1, 0.2, 0],
			[0.3, 1, 0.4],
		];
		for (const corners of [triangle, flat]) {
			const positions = Float32Array.from(corners.flat());
			for (let i = 0; i < 40; i += 1) {
				const point = [Math.sin(i * 1.3) * 2, Math.cos(i * 2.1) * 2, Math.sin(i * 0.7) * 2];
				const [x = 0, y = 0, z = 0] = point;
				const distance = Math.sqrt(pointTriangleDistanceSquared(positions, 0, 3, 6, x, y, z));
				expect(distance).toBeCloseTo(tried(corners, point), 1);
			}
		}
	});
});

describe('measuring a deviation', () => {
	const measured = (original: Triangles, other: Triangles) =>
		deviation(original, TriangleTree.index(original), other);

	it('finds nothing between a surface and itself', () => {
		const surface = ball(2_000);
		const { maxM, samples } = measured(surface, surface);
		expect(maxM).toBeLessThan(1e-6);
		expect(samples).toBe(40_000);
	});

	it('finds how far two sheets lie apart', () => {
		const { rmsM, p99M, maxM } = measured(sheet(0, 1, 20), sheet(0.25, 1, 3));
		for (const value of [rmsM, p99M, maxM]) expect(value).toBeCloseTo(0.25, 6);
	});

	it('finds what was lost, and what stands out, alike', () => {
		const lost = measured(sheet(0, 2, 20), sheet(0, 1, 10));
		const stands = measured(sheet(0, 1, 10), sheet(0, 2, 20));
		expect(lost.maxM).toBeGreaterThan(1.3);
		expect(stands.maxM).toBeGreaterThan(1.3);
		expect(lost.rmsM).toBeCloseTo(stands.rmsM, 2);
	});

	it('comes nearer with more triangles, and always gives the same numbers', () => {
		const original = ball(8_000);
		const coarse = measured(original, ball(500));
		const fine = measured(original, ball(2_000));
		expect(coarse.maxM).toBeGreaterThan(fine.maxM);
		expect(coarse.rmsM).toBeGreaterThan(fine.rmsM * 2);
		expect(coarse.p99M).toBeLessThanOrEqual(coarse.maxM);
		expect(measured(original, ball(500))).toEqual(coarse);
	});
});
