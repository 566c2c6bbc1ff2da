import { describe, expect, it } from 'vitest';
import type { Mesh } from '../../../../scripts/digitize/mesh/mesh.ts';
import { spatialOrder } from '../../../../scripts/digitize/mesh/spatial-order.ts';
import { weld } from '../../../../scripts/digitize/mesh/weld.ts';

/** Triangles of their own corners, `n` by `n` squares of a wavy sheet, in an order that jumps about. */
function aSoup(n: number, stretch = 1): Mesh {
	const places: number[] = [];
	for (let i = 0; i < n * n; i += 1) {
		const square = (i * 7919) % (n * n);
		const [x, z] = [square % n, Math.floor(square / n)];
		for (const [dx, dz] of [
			[0, 0],
			[0, 1],
			[1, 0],
			[1, 0],
			[0, 1],
			[1, 1],
		] as const) {
			places.push((x + dx) * stretch, Math.sin(x + dx) * stretch, (z + dz) * stretch);
		}
	}
	const count = places.length / 3;
	return {
		positions: Float32Array.from(places),
		normals: undefined,
		uvs: undefined,
		colours: undefined,
		materialOf: new Uint16Array(count),
		indices: Uint32Array.from({ length: count }, (_, i) => i),
	};
}

/** Every triangle as the places of its corners, sorted. */
function surfaceOf({ positions, indices }: Mesh): string[] {
	const corners = Array.from(indices, (v) => positions.subarray(v * 3, v * 3 + 3).join(' '));
	const triangles = corners.flatMap((_, i) =>
		i % 3 === 0 ? [corners.slice(i, i + 3).join(', ')] : [],
	);
	return triangles.sort();
}

describe('welding', () => {
	it.each([
		['spread over space', 1],
		['crowded into one corner by a stray one', 1e-4],
	])('leaves each place of a soup once, the surface as it was: %s', (_, stretch) => {
		const soup = aSoup(53, stretch);
		// One place far away; small sheets then lie in a single cell of the curve.
		soup.positions.set([1000, 0, 0], soup.positions.length - 3);
		const welded = weld({ ...soup, positions: soup.positions.slice() });
		const places = new Set(
			Array.from({ length: soup.positions.length / 3 }, (_v, i) =>
				soup.positions.subarray(i * 3, i * 3 + 3).join(' '),
			),
		);
		expect(welded.positions.length / 3).toBe(places.size);
		expect(surfaceOf(welded)).toEqual(surfaceOf(soup));
	});

	it('keeps vertices apart that differ in anything', () => {
		const soup = aSoup(2);
		const count = soup.materialOf.length;
		const apart = weld({
			...soup,
			positions: soup.positions.slice(),
			uvs: Float32Array.from({ length: count * 2 }, (_, i) => i),
		});
		expect(apart.positions.length / 3).toBe(count);
		const labelled = weld({
			...soup,
			positions: soup.positions.slice(),
			materialOf: Uint16Array.from({ length: count }, (_, i) => (i < count / 2 ? 0 : 1)),
		});
		expect(labelled.positions.length).toBeGreaterThan(weld(soup).positions.length);
	});

	it('brings neighbours together', () => {
		const jump = ({ indices }: Mesh) =>
			indices.reduce((sum, v, i) => sum + Math.abs(v - (indices[i - (i % 3)] ?? 0)), 0) /
			indices.length;
		const welded = weld(aSoup(60));
		const shuffled = Uint32Array.from(welded.indices, (v) => (v * 7919) % 3721);
		expect(jump(welded) * 10).toBeLessThan(jump({ ...welded, indices: shuffled }));
	});
});

describe('the order along a curve', () => {
	it('holds every vertex once, those at one place in one cell', () => {
		const { positions } = aSoup(20);
		const { order, cells } = spatialOrder(positions);
		expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
		const cellOf = new Map<string, number>();
		for (const [i, vertex] of order.entries()) {
			const place = positions.subarray(vertex * 3, vertex * 3 + 3).join(' ');
			const cell = cells[i] ?? -1;
			expect(cellOf.get(place) ?? cell).toBe(cell);
			cellOf.set(place, cell);
			expect(cell).toBeGreaterThanOrEqual(cells[i - 1] ?? 0);
		}
	});
});
