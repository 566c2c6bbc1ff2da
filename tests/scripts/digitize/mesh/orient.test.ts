import { describe, expect, it } from 'vitest';
import { heal } from '../../../../scripts/digitize/health/heal.ts';
import { detectUnit } from '../../../../scripts/digitize/mesh/detect-unit.ts';
import { boundsOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { type OrientOptions, orient } from '../../../../scripts/digitize/mesh/orient.ts';
import { aBall, aGlb, aPly, type TestMesh } from '../../../support/meshes.ts';
import { readSurface, sourceOf } from '../source-of.ts';

const nothing: OrientOptions = { unit: undefined, up: undefined };

async function oriented(mesh: TestMesh, options = nothing, comments: string[] = []) {
	const scan = await readSurface(sourceOf('scan.ply', aPly({ mesh, comments })));
	return orient(scan, heal(scan, 'scan.ply').health, options, 'scan.ply');
}

const scaled = (factor: number): TestMesh => {
	const mesh = aBall();
	return { ...mesh, positions: mesh.positions.map((v) => v * factor) };
};

/** A cone on a flat base: `up` 1 stands on y, 2 on z. */
function aCone(up: 1 | 2): TestMesh {
	const mesh: TestMesh = { positions: [], normals: [], uvs: [], colours: [], indices: [] };
	const put = (a: number, b: number, height: number) =>
		mesh.positions.push(...(up === 1 ? [b, height, a] : [a, b, height]));
	put(0, 0, 3);
	put(0, 0, 0);
	for (let i = 0; i < 24; i += 1) {
		put(Math.cos((i / 12) * Math.PI), Math.sin((i / 12) * Math.PI), 0);
		const [here, next] = [2 + i, 2 + ((i + 1) % 24)];
		mesh.indices.push(0, here, next, 1, next, here);
	}
	return mesh;
}

describe('finding unit and up', () => {
	it.each([
		[0.45, 'm'],
		[1.8, 'm'],
		[30, 'cm'],
		[450, 'mm'],
		[1800, 'mm'],
	] as const)('takes a longest side of %s for %s', (extent, unit) => {
		const found = detectUnit(extent, false, undefined, undefined);
		expect(found).toMatchObject({ value: unit, how: 'detected' });
		expect(found.confidence).toBeLessThan(1);
	});

	it('believes a comment over the size, and the curator over both', async () => {
		const comments = ['units: cm'];
		expect((await oriented(scaled(1), nothing, comments)).unit).toEqual({
			value: 'cm',
			how: 'detected',
			confidence: 0.95,
		});
		expect((await oriented(scaled(1), { unit: 'mm', up: 'Z' }, comments)).unit).toEqual({
			value: 'mm',
			how: 'given',
			confidence: 1,
		});
	});

	it('takes metres and +Y from glTF by its format', async () => {
		const scan = await readSurface(sourceOf('scan.glb', aGlb()));
		const { unit, up } = orient(scan, heal(scan, 'scan.glb').health, nothing, 'scan.glb');
		expect(unit).toEqual({ value: 'm', how: 'format', confidence: 1 });
		expect(up).toEqual({ value: 'Y', how: 'format', confidence: 1 });
	});

	it('sees on which side a piece stands', async () => {
		expect((await oriented(aCone(1))).up).toMatchObject({ value: 'Y', how: 'detected' });
		const onZ = await oriented(aCone(2));
		expect(onZ.up).toMatchObject({ value: 'Z', how: 'detected' });
		expect(boundsOf(onZ.mesh.positions).max[1]).toBeCloseTo(3, 5);
	});
});

describe('standing a piece up', () => {
	it('turns it over where the curator says that it stands on its head', async () => {
		const cone = aCone(1);
		cone.positions = cone.positions.map((v, i) => (i % 3 === 0 ? v : -v));
		const { mesh, up, findings } = await oriented(cone, { unit: 'm', up: '-Y' });
		expect(up).toEqual({ value: '-Y', how: 'given', confidence: 1 });
		const tip = mesh.positions.subarray(0, 3);
		expect(tip[1]).toBeCloseTo(3, 5);
		const { x, y, z } = findings.find(({ code }) => code === 'recentred')?.values ?? {};
		expect([x, y, z].map((v) => Math.abs(Number(v)) < 1e-5)).toEqual([true, true, true]);
	});

	it('rests it on the floor in metres, its middle over the origin, and says where that was', async () => {
		const far = scaled(100);
		far.positions = far.positions.map((v, i) => v + ([500, -200, 50][i % 3] ?? 0));
		const { mesh, findings } = await oriented(far, { unit: 'mm', up: 'Z' });
		const { min, max } = boundsOf(mesh.positions);
		expect(min[1]).toBe(0);
		expect(min[0] + max[0]).toBeCloseTo(0, 6);
		expect(min[2] + max[2]).toBeCloseTo(0, 6);
		expect(max[0] - min[0]).toBeCloseTo(0.2, 1);
		const { x, y, z } = findings.find((f) => f.code === 'recentred')?.values ?? {};
		expect(Number(x)).toBeCloseTo(500, 1);
		expect(Number(y)).toBeCloseTo(-200, 1);
		expect(Number(z)).toBeLessThan(-49);
	});

	it('shows an open surface from both sides', async () => {
		const mesh = aBall();
		const scan = await readSurface(
			sourceOf('scan.ply', aPly({ mesh: { ...mesh, indices: mesh.indices.slice(3) } })),
		);
		const { health } = heal(scan, 'scan.ply');
		expect(health.boundaryEdges).toBe(3);
		orient(scan, health, nothing, 'scan.ply');
		expect(scan.materials[0]?.doubleSided).toBe(true);
	});
});
