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

it('gives a point far from all others a spacing that still ends', () => {
	const positions = Float32Array.from([...aSquare(0, 0.001), 5, 5, 5]);
	const [last = 0] = localSpacing(positions, boundsOf(positions), 0.001).subarray(-1);
	expect(last).toBeGreaterThan(0.001);
	expect(last).toBeLessThan(0.02);
});
