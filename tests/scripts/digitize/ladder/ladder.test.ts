import { describe, expect, it } from 'vitest';
import { chooseLattice, toLattice } from '../../../../scripts/digitize/glb/lattice.ts';
import { planLadder } from '../../../../scripts/digitize/ladder/ladder.ts';

const plan = (triangles: number, px: number) =>
	planLadder(triangles, px).map(({ tier, triangles: aim }) => [tier, aim]);

describe('planning the ladder', () => {
	it('gives a dense scan all four tiers', () => {
		expect(plan(2_000_000, 8192)).toEqual([
			['thumb', 4_000],
			['low', 25_000],
			['mid', 150_000],
			['high', 500_000],
		]);
	});

	it('leaves out tiers that could show nothing more', () => {
		expect(plan(100_000, 2048)).toEqual([
			['thumb', 4_000],
			['low', 25_000],
			['mid', 100_000],
		]);
		expect(plan(3_000, 0)).toEqual([['thumb', 3_000]]);
	});

	it('keeps a tier that shows the same triangles with larger textures', () => {
		expect(plan(3_000, 1024)).toEqual([
			['thumb', 3_000],
			['low', 3_000],
		]);
	});

	it('keeps steps far enough apart to be worth a download', () => {
		expect(plan(160_000, 0)).toEqual([
			['thumb', 4_000],
			['low', 25_000],
			['mid', 96_000],
			['high', 160_000],
		]);
	});
});

describe('the lattice', () => {
	it('has a metric step and moves no point by more than half of it', () => {
		const positions = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * 7.3) * 0.22 + 0.22);
		const bounds = { min: [0, 0, 0], max: [0.44, 0.44, 0.44] } as const;
		const lattice = chooseLattice({ min: [...bounds.min], max: [...bounds.max] }, 0.0015);
		expect(lattice.stepM).toBeCloseTo(0.00002, 10);
		const cells = toLattice(positions, lattice);
		for (let i = 0; i < 100; i += 1) {
			for (let k = 0; k < 3; k += 1) {
				const back = (lattice.origin[k] ?? 0) + (cells[i * 4 + k] ?? 0) * lattice.stepM;
				expect(Math.abs(back - (positions[i * 3 + k] ?? 0))).toBeLessThan(lattice.stepM * 0.51);
			}
		}
	});

	it('spans a whole building within 16 bits', () => {
		const { stepM } = chooseLattice({ min: [-40, 0, -9], max: [40, 22, 9] }, 0.0001);
		expect(80 / stepM).toBeLessThan(65535);
	});
});
