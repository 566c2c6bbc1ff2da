import type { TierLimits } from './device-budget.ts';
import type { Claim } from './subject.ts';

const minus = (limits: TierLimits, taken: TierLimits): TierLimits => ({
	gpuBytes: limits.gpuBytes - taken.gpuBytes,
	triangles: limits.triangles - taken.triangles,
});

const plus = (limits: TierLimits, more: TierLimits): TierLimits => ({
	gpuBytes: limits.gpuBytes + more.gpuBytes,
	triangles: limits.triangles + more.triangles,
});

/**
 * Shares a stage's limits among its subjects: each keeps the least it can do with, and what is left
 * goes to the nearest first. Answers one limit a claim, in the order given.
 */
export function allotLimits(claims: readonly Claim[], stage: TierLimits): TierLimits[] {
	let left = stage;
	for (const { least } of claims) if (least !== undefined) left = minus(left, least);
	const limits: TierLimits[] = claims.map(() => ({ gpuBytes: 0, triangles: 0 }));
	const nearestFirst = [...claims.keys()].sort(
		(a, b) => (claims[a]?.distanceM ?? 0) - (claims[b]?.distanceM ?? 0),
	);
	for (const index of nearestFirst) {
		const claim = claims[index];
		if (claim?.least === undefined) continue;
		const mine = plus(left, claim.least);
		limits[index] = mine;
		left = minus(mine, claim.take(mine));
	}
	return limits;
}
