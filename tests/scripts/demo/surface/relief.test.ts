import { expect, test } from 'vitest';
import { carve, heightAt, panel, stroke, worn } from '../../../../scripts/demo/surface/relief.ts';

test('a round strand stands as high as it is told, and only where it runs', () => {
	const r = panel(1, 1, 200);
	stroke(
		r,
		[
			[-0.3, 0.2],
			[0.3, 0.2],
		],
		{ radiusM: 0.05, riseM: 0.02 },
	);
	expect(heightAt(r, 0, 0.2)).toBeCloseTo(0.02, 3);
	expect(heightAt(r, 0, 0.26)).toBe(0);
	expect(heightAt(r, 0, -0.2)).toBe(0);
});

test('where strands cross the one on higher ground shows', () => {
	const r = panel(1, 1, 200);
	stroke(
		r,
		[
			[-0.3, 0],
			[0.3, 0],
		],
		{ radiusM: 0.05, riseM: 0.02, baseM: 0.03 },
	);
	stroke(
		r,
		[
			[0, -0.3],
			[0, 0.3],
		],
		{ radiusM: 0.05, riseM: 0.02 },
	);
	expect(heightAt(r, 0, 0)).toBeCloseTo(0.05, 3);
	expect(heightAt(r, 0, 0.2)).toBeCloseTo(0.02, 3);
});

test('a groove cuts below the ground', () => {
	const r = panel(1, 1, 200);
	stroke(
		r,
		[
			[-0.3, 0],
			[0.3, 0],
		],
		{ radiusM: 0.05, riseM: 0.02, section: 'groove' },
	);
	expect(heightAt(r, 0, 0)).toBeCloseTo(-0.02, 3);
});

test('wear softens a step and leaves the panel it came from alone', () => {
	const r = panel(1, 1, 100);
	carve(r, (x) => (x > 0 ? 1 : 0));
	const soft = worn(r, 0.05);
	expect(heightAt(soft, 0, 0)).toBeCloseTo(0.5, 1);
	expect(heightAt(r, 0.02, 0)).toBe(1);
	expect(heightAt(soft, 0.4, 0)).toBeCloseTo(1, 5);
});
