import { expect, it } from 'vitest';
import {
	trianglesIn,
	trianglesOfCall,
} from '../../../../../scripts/bench/viewer/page/draw-triangles.ts';

const [LINES, TRIANGLES, STRIP] = [1, 4, 5];
const UINT = 0x1405;

it('counts triangles of lists and strips, and none of lines', () => {
	expect(trianglesIn(TRIANGLES, 300)).toBe(100);
	expect(trianglesIn(STRIP, 300)).toBe(298);
	expect(trianglesIn(STRIP, 1)).toBe(0);
	expect(trianglesIn(LINES, 300)).toBe(0);
});

it.each([
	['drawArrays', [TRIANGLES, 6, 30], 10],
	['drawElements', [TRIANGLES, 30, UINT, 0], 10],
	['drawRangeElements', [TRIANGLES, 0, 99, 30, UINT, 0], 10],
	['drawArraysInstanced', [TRIANGLES, 0, 30, 4], 40],
	['drawElementsInstanced', [TRIANGLES, 30, UINT, 0, 4], 40],
	['multiDrawArraysWEBGL', [TRIANGLES, [0, 0, 0], 0, [99, 3, 6], 1, 2], 3],
	['multiDrawElementsWEBGL', [TRIANGLES, [3, 6, 9], 0, UINT, [0, 0, 0], 0, 2], 3],
	['multiDrawArraysInstancedWEBGL', [TRIANGLES, [0, 0], 0, [3, 6], 0, [5, 7], 0, 2], 19],
	['multiDrawElementsInstancedWEBGL', [TRIANGLES, [3, 6], 0, UINT, [0, 0], 0, [5, 7], 0, 2], 19],
	['clear', [TRIANGLES, 30], 0],
])('reads the triangles of %s off its arguments', (name, args, triangles) => {
	expect(trianglesOfCall(name, args)).toBe(triangles);
});
