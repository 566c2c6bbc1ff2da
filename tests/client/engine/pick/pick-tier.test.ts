import { describe, expect, it } from 'vitest';
import { pickTierOf } from '../../../../client/engine/pick/pick-tier.ts';
import { aLadder } from '../../../support/ladder.ts';

/** A full ladder with other numbers of triangles, coarse to fine. */
const ladderOf = (...triangles: number[]) =>
	aLadder().flatMap((tier, i) => {
		const count = triangles[i];
		return count === undefined ? [] : [{ ...tier, triangles: count }];
	});

describe('the tier that rays are cast at', () => {
	it('is the low one of a full ladder', () => {
		expect(pickTierOf(aLadder())?.tier).toBe('low');
	});

	it('is the coarsest with detail enough where the low one is too large', () => {
		expect(pickTierOf(ladderOf(4_000, 40_000))?.tier).toBe('thumb');
	});

	it('is the finest that is small enough where none has detail enough', () => {
		expect(pickTierOf(ladderOf(500))?.tier).toBe('thumb');
		expect(pickTierOf(ladderOf(500, 40_000, 90_000))?.tier).toBe('thumb');
	});

	it('is none of a cloud of points, and none that is dense', () => {
		expect(pickTierOf(ladderOf(0, 0))).toBeUndefined();
		expect(pickTierOf(ladderOf(31_000, 90_000))).toBeUndefined();
		expect(pickTierOf([])).toBeUndefined();
	});
});
