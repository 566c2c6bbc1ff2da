import { describe, expect, it } from 'vitest';
import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import { pxPerMetre } from '../../../../client/engine/stage/px-per-metre.ts';
import { chooseTier, nextStep } from '../../../../client/engine/subject/tier-choice.ts';
import { aLadder } from '../../../support/ladder.ts';

const NONE: ReadonlySet<Tier> = new Set();
const PLENTY = { gpuBytes: 1e9, triangles: 1e7 };
const FIELD_RAD = 0.56;

/** A view of a half-metre piece from so far away, on a canvas so high. */
const from = (distanceM: number, heightPx = 800) => ({
	pxPerM: pxPerMetre(distanceM, FIELD_RAD, heightPx),
	diagonalM: 0.5,
	finest: 'high' as const,
	errorPx: 1,
});

const name = (tier: TierFile | undefined) => tier?.tier;

describe('choosing a tier', () => {
	it('is finer the nearer one comes', () => {
		const chosen = [40, 4, 1.4, 0.4].map((distanceM) =>
			name(chooseTier(aLadder(), from(distanceM), PLENTY, NONE)),
		);
		expect(chosen).toEqual(['thumb', 'low', 'mid', 'high']);
	});

	it('is finer on a sharper screen', () => {
		expect(name(chooseTier(aLadder(), from(4, 800), PLENTY, NONE))).toBe('low');
		expect(name(chooseTier(aLadder(), from(4, 2400), PLENTY, NONE))).toBe('mid');
	});

	it('counts the geometric error at the eye, whatever triangles and texels say', () => {
		const [thumb, low] = aLadder();
		if (thumb === undefined || low === undefined) throw new Error('a ladder has two tiers');
		const crude = [{ ...thumb, errorM: 0.1 }, low];
		expect(name(chooseTier(crude, from(40), PLENTY, NONE))).toBe('low');
	});

	it('stays within the memory and the triangles it is given', () => {
		const little = { gpuBytes: 3_000_000, triangles: 1e7 };
		const few = { gpuBytes: 1e9, triangles: 30_000 };
		expect(name(chooseTier(aLadder(), from(0.4), little, NONE))).toBe('low');
		expect(name(chooseTier(aLadder(), from(0.4), few, NONE))).toBe('low');
	});

	it('is no finer than the machine’s profile takes, and as crude as it may be', () => {
		const near = { ...from(0.4), finest: 'low' as const };
		expect(name(chooseTier(aLadder(), near, PLENTY, NONE))).toBe('low');
		const [thumb, low] = aLadder();
		if (thumb === undefined || low === undefined) throw new Error('a ladder has two tiers');
		const crude = [{ ...thumb, errorM: 0.1 }, low];
		const [strict, lax] = [1, 1000].map((errorPx) => ({ ...from(40), errorPx }));
		expect(strict && name(chooseTier(crude, strict, PLENTY, NONE))).toBe('low');
		expect(lax && name(chooseTier(crude, lax, PLENTY, NONE))).toBe('thumb');
	});

	it('never leaves a piece out to save memory', () => {
		const nothing = { gpuBytes: 0, triangles: 0 };
		expect(name(chooseTier(aLadder(), from(0.4), nothing, NONE))).toBe('thumb');
	});

	it('passes over what failed lately, and takes the next best', () => {
		expect(name(chooseTier(aLadder(), from(0.4), PLENTY, new Set(['high'])))).toBe('mid');
		expect(chooseTier([], from(1), PLENTY, NONE)).toBeUndefined();
	});
});

describe('the way to a tier', () => {
	it('starts with the coarsest', () => {
		const ladder = aLadder();
		const [thumb, , , high] = ladder;
		if (high === undefined) throw new Error('a ladder has four tiers');
		expect(nextStep(ladder, undefined, high, NONE)).toBe(thumb);
		expect(name(nextStep(ladder, undefined, high, new Set(['thumb'])))).toBe('low');
	});

	it('goes straight on, save where a much smaller tier gives something to see meanwhile', () => {
		const ladder = aLadder();
		const [, low, mid, high] = ladder;
		if (low === undefined || mid === undefined || high === undefined) throw new Error('short');
		expect(nextStep(ladder, 'thumb', mid, NONE)).toBe(mid);
		expect(nextStep(ladder, 'thumb', { ...high, bytes: low.bytes * 20 }, NONE)).toMatchObject({
			tier: 'high',
		});
		const vast = ladder.map((tier) =>
			tier.tier === 'high' ? { ...tier, bytes: low.bytes * 20 } : tier,
		);
		const goal = vast[3];
		if (goal === undefined) throw new Error('short');
		expect(name(nextStep(vast, 'thumb', goal, NONE))).toBe('low');
	});
});
