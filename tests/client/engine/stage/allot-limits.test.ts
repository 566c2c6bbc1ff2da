import { expect, it } from 'vitest';
import type { TierFile } from '#schema/asset/asset-manifest';
import { allotLimits } from '../../../../client/engine/stage/allot-limits.ts';
import { ladderClaim } from '../../../../client/engine/subject/ladder-claim.ts';
import { chooseTier } from '../../../../client/engine/subject/tier-choice.ts';
import { aLadder } from '../../../support/ladder.ts';

const NEAR = { pxPerM: 3_000, diagonalM: 0.5, finest: 'high', errorPx: 1 } as const;

const aClaim = (distanceM: number, shown?: TierFile) =>
	ladderClaim(aLadder(), NEAR, shown, distanceM);

const chosenFor = (distancesM: readonly number[], stage: { gpuBytes: number; triangles: number }) =>
	allotLimits(
		distancesM.map((distanceM) => aClaim(distanceM)),
		stage,
	).map((limits) => chooseTier(aLadder(), NEAR, limits, new Set()));

it('gives what there is to the nearest, and every other piece its coarsest tier', () => {
	const chosen = chosenFor([4, 1, 9], { gpuBytes: 1e9, triangles: 410_000 });
	expect(chosen.map((tier) => tier?.tier)).toEqual(['thumb', 'high', 'thumb']);
});

it('never lets the stage take more than its limits, as long as coarsest tiers fit', () => {
	const chosen = chosenFor([1, 2, 3, 4, 5, 6, 7, 8, 9], {
		gpuBytes: 256 * 2 ** 20,
		triangles: 440_000,
	});
	const triangles = chosen.reduce((sum, tier) => sum + (tier?.triangles ?? 0), 0);
	expect(triangles).toBeLessThanOrEqual(440_000);
	expect(triangles).toBeGreaterThan(400_000);
});

it('counts a fine tier that is already shown, and has it given up for a nearer piece', () => {
	const high = aLadder()[3];
	const far = ladderClaim(aLadder(), { ...NEAR, pxPerM: 20 }, high, 8);
	const enough = allotLimits([aClaim(1), far], { gpuBytes: 1e9, triangles: 900_000 });
	expect(enough[1]?.triangles).toBeGreaterThanOrEqual(400_000);
	const scarce = allotLimits([aClaim(1), far], { gpuBytes: 1e9, triangles: 500_000 });
	expect(scarce[1]?.triangles).toBeLessThan(400_000);
});

it('gives a piece without a scan nothing', () => {
	const none = ladderClaim([], NEAR, undefined, 1);
	expect(allotLimits([none], { gpuBytes: 1e9, triangles: 1e6 })).toEqual([
		{ gpuBytes: 0, triangles: 0 },
	]);
});
