import { expect, test } from 'vitest';
import { evenSteps, softCorners } from '../../../../scripts/demo/surface/curve.ts';
import { vec3At } from '../../../../scripts/demo/surface/mesh.ts';
import { revolve } from '../../../../scripts/demo/surface/revolve.ts';
import { openEdges, volumeOf } from './solidity.ts';

const VASE = evenSteps(
	softCorners(
		[
			[0, 0],
			[0.1, 0],
			[0.14, 0.2],
			[0.05, 0.3],
			[0, 0.3],
		],
		0.01,
	),
	0.02,
);

test('a turned body that starts and ends on the axis is closed', () => {
	expect(openEdges(revolve(VASE, { segments: 48 }))).toBe(0);
});

test('a turned body faces outward', () => {
	const m = revolve(VASE, { segments: 48 });
	expect(volumeOf(m)).toBeGreaterThan(0);
	const side = [...Array(m.positions.length / 3).keys()].filter((i) => {
		const [, y] = vec3At(m.positions, i);
		return y > 0.05 && y < 0.15;
	});
	expect(side.length).toBeGreaterThan(0);
	for (const i of side) {
		const [x, , z] = vec3At(m.positions, i);
		const [nx, , nz] = vec3At(m.normals, i);
		expect(x * nx + z * nz).toBeGreaterThan(0);
	}
});

test('the seam of a turned body has one normal, not two', () => {
	const m = revolve(VASE, { segments: 48 });
	const row = 9 * 49;
	for (const [k, n] of vec3At(m.normals, row).entries()) {
		expect(n).toBeCloseTo(vec3At(m.normals, row + 48)[k] ?? Number.NaN, 6);
	}
});

test('a swelled body is wider where the swell says so', () => {
	const m = revolve(VASE, { segments: 4, swell: (angle) => (angle === 0 ? 2 : 1) });
	const [, , front] = vec3At(m.positions, 9 * 5);
	const [, , back] = vec3At(m.positions, 9 * 5 + 2);
	expect(front).toBeCloseTo(-2 * back, 6);
});

test('the same outline gives the same bytes', () => {
	const [a, b] = [revolve(VASE, { segments: 48 }), revolve(VASE, { segments: 48 })];
	expect(Buffer.from(a.positions.buffer).equals(Buffer.from(b.positions.buffer))).toBe(true);
	expect(Buffer.from(a.normals.buffer).equals(Buffer.from(b.normals.buffer))).toBe(true);
});
