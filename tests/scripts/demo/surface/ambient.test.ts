import { expect, test } from 'vitest';
import { ambient } from '../../../../scripts/demo/surface/ambient.ts';
import { gridSurface } from '../../../../scripts/demo/surface/grid-surface.ts';
import { place } from '../../../../scripts/demo/surface/mesh.ts';
import { pose } from '../../../../scripts/demo/surface/pose.ts';
import { block } from '../../../../scripts/demo/surface/solid.ts';

test('a floor is open in the middle and dark under a wall', () => {
	const floor = gridSurface({ columns: 20, rows: 20, at: (u, v) => [u - 0.5, 1, 0.5 - v] });
	const wall = place(block([1, 0.6, 0.1], 0.01), pose({ at: [0, 1.3, -0.35] }));
	const [open] = ambient([floor, wall], { reachM: 0.3, rays: 32 });
	const at = (column: number, row: number) => open?.[row * 21 + column] ?? Number.NaN;
	expect(at(10, 3)).toBeCloseTo(1, 2);
	expect(at(10, 15)).toBeLessThan(0.75);
});

test('the table an object stands on shades its foot', () => {
	const foot = block([0.1, 0.1, 0.1], 0.002, 0.01);
	const standing = place(foot, pose({ at: [0, 0.05, 0] }));
	const lifted = place(foot, pose({ at: [0, 9, 0] }));
	const sum = (values: readonly Float32Array[]) => values[0]?.reduce((a, b) => a + b, 0) ?? 0;
	const options = { reachM: 0.1, rays: 16 };
	expect(sum(ambient([standing], options))).toBeLessThan(sum(ambient([lifted], options)) * 0.95);
});
