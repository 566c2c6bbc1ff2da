import { describe, expect, it } from 'vitest';
import { examine } from '../../../../scripts/digitize/health/examine.ts';
import { aCube, aMoebiusBand, aSurface, together } from './surfaces.ts';

const healthOf = (mesh: Parameters<typeof examine>[0]) => examine(mesh).health;

describe('examining a surface', () => {
	it('finds a cube closed, in one piece, with its volume', () => {
		const health = healthOf(aCube(2));
		expect(health).toMatchObject({
			triangles: 12,
			boundaryEdges: 0,
			nonManifoldEdges: 0,
			inconsistentEdges: 0,
			degenerateTriangles: 0,
			isWatertight: true,
			euler: 2,
			pieces: { components: 1, largestShare: 1, fragments: 0 },
			holes: { holes: 0, rims: 0 },
		});
		expect(health.area).toBeCloseTo(24, 5);
		expect(health.signedVolume).toBeCloseTo(8, 5);
		expect(health.meanEdge).toBeCloseTo((12 * 2 + 6 * Math.hypot(2, 2)) / 18, 5);
	});

	it('measures the hole where a face is missing', () => {
		const { holes, isWatertight, euler, boundaryEdges } = healthOf(aCube(1, 0, 5));
		expect({ isWatertight, euler, boundaryEdges }).toEqual({
			isWatertight: false,
			euler: 1,
			boundaryEdges: 4,
		});
		expect(holes).toMatchObject({ holes: 1, rims: 0 });
		expect(holes.largestPerimeter).toBeCloseTo(4, 6);
		expect(holes.area).toBeCloseTo(1, 6);
	});

	it('closes the volume of an open surface with its hole', () => {
		const { winding, holes } = healthOf(aCube(1, 0, 5));
		expect(winding.mendedVolume + holes.capVolume).toBeCloseTo(1, 6);
	});

	it('takes the edge of a sheet for a rim, not for a hole', () => {
		const sheet = aSurface([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0], [0, 1, 2, 0, 2, 3]);
		expect(healthOf(sheet).holes).toMatchObject({ holes: 0, rims: 1, largestPerimeter: 0 });
	});

	it('tells pieces apart and knows the crumbs', () => {
		const { pieces, euler } = healthOf(together([aCube(10), aCube(5, 20), aCube(0.1, 40)]));
		expect(pieces).toMatchObject({ components: 3, fragments: 1 });
		expect(pieces.largestShare).toBeCloseTo(600 / 750.06, 4);
		expect(pieces.fragmentsShare).toBeCloseTo(0.06 / 750.06, 6);
		expect(euler).toBe(6);
	});

	it('knows that a Möbius band has no outside', () => {
		const health = healthOf(aMoebiusBand());
		expect(health.winding.twistedPatches).toBe(1);
		expect(health).toMatchObject({ isWatertight: false, nonManifoldEdges: 0, euler: 0 });
		expect(health.holes.holes + health.holes.rims).toBe(1);
	});

	it('counts an edge with three faces', () => {
		const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1];
		const { nonManifoldEdges, boundaryEdges } = healthOf(
			aSurface(positions, [0, 1, 2, 1, 0, 3, 0, 1, 4]),
		);
		expect({ nonManifoldEdges, boundaryEdges }).toEqual({ nonManifoldEdges: 1, boundaryEdges: 6 });
	});

	it('sets triangles aside that lie on others, each in its kind', () => {
		const cube = aCube();
		const [a = 0, b = 0, c = 0] = cube.indices;
		const positions = [...cube.positions, ...cube.positions.slice(0, 3)];
		const copies = [b, c, a, 8, b, c, a, c, b];
		const health = healthOf(aSurface(positions, [...cube.indices, ...copies]));
		expect(health).toMatchObject({
			triangles: 15,
			duplicateTriangles: 1,
			coincidentTriangles: 1,
			backToBackTriangles: 1,
			nonManifoldEdges: 0,
			boundaryEdges: 0,
			euler: 2,
		});
		expect(health.area).toBeCloseTo(6, 6);
	});

	it('keeps its pace on a fan of many triangles and on one edge of many faces', () => {
		const count = 30_000;
		const rim = Array.from({ length: count }, (_, i) => {
			const angle = (i / count) * 2 * Math.PI;
			return [Math.cos(angle), 0, Math.sin(angle)];
		}).flat();
		const fan = Array.from({ length: count }, (_, i) => [0, 1 + ((i + 1) % count), 1 + i]).flat();
		expect(healthOf(aSurface([0, 1, 0, ...rim], fan)).boundaryEdges).toBe(count);
		const book = Array.from({ length: count }, (_, i) => [0, 1, 2 + i]).flat();
		const leaves = healthOf(aSurface([0, 0, 0, 0, 1, 0, ...rim], book));
		expect(leaves).toMatchObject({ nonManifoldEdges: 1, boundaryEdges: count * 2 });
	});

	it('survives numbers at the edge of arithmetic', () => {
		const huge = healthOf(aCube(3e38));
		expect(huge.isWatertight).toBe(true);
		const tiny = healthOf(aCube(1e-40));
		expect(tiny.triangles).toBe(12);
		const nothing = healthOf(aSurface([], []));
		expect(nothing).toMatchObject({ triangles: 0, euler: 0, isWatertight: false, meanEdge: 0 });
	});
});
