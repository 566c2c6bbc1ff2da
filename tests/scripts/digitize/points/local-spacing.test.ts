import { expect, it } from 'vitest';
import { boundsOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { localSpacing } from '../../../../scripts/digitize/points/local-spacing.ts';

/** A square of 0.1 m from x = `left`, its points `stepM` apart. */
function aSquare(left: number, stepM: number): number[] {
	const points: number[] = [];
	const count = Math.round(0.1 / stepM);
	for (let i = 0; i < count; i += 1) {
		for (let k = 0; k < count; k += 1) points.push(left + i * stepM, 0, k * stepM);
	}
	return points;
}

function median(values: Float32Array): number {
	return values.slice().sort()[values.length >> 1] ?? 0;
}

it('tells a densely measured part from one measured three times as coarsely', () => {
	const dense = aSquare(0, 0.001);
	const positions = Float32Array.from([...dense, ...aSquare(1, 0.003)]);
	const spacings = localSpacing(positions, boundsOf(positions), 0.0012);
	expect(median(spacings.subarray(0, dense.length / 3))).toBeCloseTo(0.001, 3);
	expect(median(spacings.subarray(dense.length / 3))).toBeCloseTo(0.003, 3);
});

it('gives no spacing to points that hang in the air, alone or a few together', () => {
	const surface = aSquare(0, 0.001);
	const air = [5, 5, 5, 0.05, 0.006, 0.05, 0.0505, 0.0065, 0.05];
	const positions = Float32Array.from([...surface, ...air]);
	const spacings = localSpacing(positions, boundsOf(positions), 0.001);
	expect([...spacings.subarray(-3)]).toEqual([0, 0, 0]);
	const lost = spacings.subarray(0, surface.length / 3).filter((spacing) => spacing === 0);
	expect(lost).toHaveLength(0);
});
