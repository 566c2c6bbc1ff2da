import { describe, expect, it } from 'vitest';
import { examine } from '../../../../scripts/digitize/health/examine.ts';
import { heal } from '../../../../scripts/digitize/health/heal.ts';
import { RefusalError } from '../../../../scripts/digitize/refusal-error.ts';
import { aCube, aMoebiusBand, aScan, aSurface, together } from './surfaces.ts';

function healed(mesh: Parameters<typeof aScan>[0]) {
	const scan = aScan(mesh);
	const { findings, ...rest } = heal(scan, 'scan.ply');
	const codes = Object.fromEntries(
		findings.map(({ code, level, values }) => [code, [level, values]]),
	);
	return { mesh: scan.mesh, codes, after: examine(scan.mesh).health, ...rest };
}

/** Where the corners of every triangle lie, whatever the order of triangles. */
function cornersOf({ positions, indices }: Parameters<typeof aScan>[0]): string[] {
	const corner = (i: number) => positions.subarray(i * 3, i * 3 + 3).join(' ');
	const triangles = Array.from({ length: indices.length / 3 }, (_, t) =>
		Array.from(indices.subarray(t * 3, t * 3 + 3), corner).join(', '),
	);
	return triangles.sort();
}

describe('healing a scan', () => {
	it('leaves a sound surface as it is, but for normals', () => {
		const { codes, mesh } = healed(aCube());
		expect(codes).toEqual({ 'normals-computed': ['info', {}] });
		expect(cornersOf(mesh)).toEqual(cornersOf(aCube()));
		expect(mesh.normals).toHaveLength(24);
	});

	it('joins, removes and says how many', () => {
		const { positions, indices } = aCube();
		const [a = 0, b = 0, c = 0] = indices;
		const spoilt = aSurface(
			[...positions, ...positions.slice(0, 3), 9, 9, 9],
			[...indices, b, c, a, 8, a, b],
		);
		const { codes, mesh, health, duplicateVertices, unusedVertices } = healed(spoilt);
		expect(codes).toMatchObject({
			'vertices-welded': ['fixed', { vertices: 1 }],
			'degenerate-triangles-removed': ['fixed', { triangles: 1 }],
			'duplicate-triangles-removed': ['fixed', { triangles: 1 }],
			'unused-vertices-removed': ['fixed', { vertices: 1 }],
		});
		expect(mesh.indices).toHaveLength(36);
		expect(mesh.positions).toHaveLength(24);
		expect({ duplicateVertices, unusedVertices }).toEqual({
			duplicateVertices: 1,
			unusedVertices: 1,
		});
		expect(health).toMatchObject({ vertices: 10, triangles: 14 });
	});

	it('turns a closed surface that is inside out, normals and all', () => {
		const inside = together([aCube()], [0]);
		inside.normals = inside.positions.map((v) => 0.5 - v);
		const { codes, after, mesh, flippedTriangles } = healed(inside);
		expect(codes['inside-out-turned']).toEqual(['fixed', { surfaces: 1 }]);
		expect(flippedTriangles).toBe(12);
		expect(after.signedVolume).toBeCloseTo(1, 6);
		expect(mesh.normals?.[0]).toBeLessThan(0);
	});

	it('keeps normals that point outwards where only the corners ran the wrong way', () => {
		const inside = together([aCube()], [0]);
		inside.normals = inside.positions.map((v) => v - 0.5);
		expect(healed(inside).mesh.normals?.[0]).toBeLessThan(0);
	});

	it('makes contradicting triangles follow the rest', () => {
		const cube = aCube();
		const contrary = cube.indices.slice();
		contrary.set([contrary[1] ?? 0, contrary[0] ?? 0]);
		contrary.set([contrary[10] ?? 0, contrary[9] ?? 0], 9);
		const { codes, after, health } = healed({ ...cube, indices: contrary });
		expect(health.inconsistentEdges).toBeGreaterThan(0);
		expect(codes['winding-made-consistent']).toEqual(['fixed', { triangles: 2 }]);
		expect(after).toMatchObject({ inconsistentEdges: 0, isWatertight: true });
		expect(after.signedVolume).toBeCloseTo(1, 6);
	});

	it('turns only the part that is inside out', () => {
		const { codes, after } = healed(together([aCube(2), aCube(1, 10)], [1]));
		expect(codes['inside-out-turned']).toEqual(['fixed', { surfaces: 1 }]);
		expect(after.signedVolume).toBeCloseTo(9, 5);
	});

	it('leaves a cavity hollow, and turns it with its host', () => {
		const hollow = healed(together([aCube(4), aCube(1, 1)], [1]));
		expect(hollow.codes).not.toHaveProperty('inside-out-turned');
		expect(hollow.after.signedVolume).toBeCloseTo(63, 4);
		const turned = healed(together([aCube(4), aCube(1, 1)], [0]));
		expect(turned.codes['inside-out-turned']).toEqual(['fixed', { surfaces: 2 }]);
		expect(turned.after.signedVolume).toBeCloseTo(63, 4);
	});

	it('leaves a hole open and a Möbius band as it is', () => {
		const open = healed(aCube(1, 0, 5));
		expect(open.mesh.indices).toHaveLength(30);
		expect(healed(aMoebiusBand()).flippedTriangles).toBe(0);
	});

	it('takes normals without a direction from the surface, and only those', () => {
		const cube = aCube();
		const normals = cube.positions.map((v) => (v - 0.5) * 3);
		normals.set([0, 0, 0]);
		normals.set([Number.NaN, 1, 0], 3);
		const { mesh, codes } = healed({ ...cube, normals });
		expect(codes['normals-mended']).toEqual(['fixed', { vertices: 2 }]);
		for (let i = 0; i < 24; i += 3) {
			expect(Math.hypot(...(mesh.normals?.subarray(i, i + 3) ?? []))).toBeCloseTo(1, 5);
		}
		expect(mesh.normals?.[0]).toBeLessThan(-0.3);
	});

	it('refuses a scan that has nothing but triangles without area', () => {
		expect(() => heal(aScan(aSurface([0, 0, 0, 1, 1, 1], [0, 0, 1])), 'x.ply')).toThrow(
			RefusalError,
		);
	});
});
