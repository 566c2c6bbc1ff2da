import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import type { TierLimits } from '../stage/device-budget.ts';
import { chooseTier, type PieceView } from '../subject/tier-choice.ts';

/** A piece that wants a share of what the room may take. */
export interface Claim {
	tiers: readonly TierFile[];
	view: PieceView;
	/** What is shown now: it is kept, and counted, as long as it fits. */
	shown: TierFile | undefined;
	distanceM: number;
}

const NONE: ReadonlySet<Tier> = new Set();

const minus = (limits: TierLimits, tier: TierFile): TierLimits => ({
	gpuBytes: limits.gpuBytes - tier.gpuBytes,
	triangles: limits.triangles - tier.triangles,
});

const fits = (tier: TierFile, limits: TierLimits): boolean =>
	tier.gpuBytes <= limits.gpuBytes && tier.triangles <= limits.triangles;

/**
 * Shares the room's limits among its pieces: every piece keeps its coarsest tier, and what is left
 * goes to the nearest first. Answers one limit a claim, in the order given.
 */
export function allotLimits(claims: readonly Claim[], room: TierLimits): TierLimits[] {
	const coarsest = claims.map((claim) => claim.tiers[0]);
	let left = coarsest.reduce((rest, tier) => (tier === undefined ? rest : minus(rest, tier)), room);
	const order = claims
		.map((claim, index) => ({ claim, index }))
		.sort((a, b) => a.claim.distanceM - b.claim.distanceM);
	const limits: TierLimits[] = claims.map(() => ({ gpuBytes: 0, triangles: 0 }));
	for (const { claim, index } of order) {
		const base = coarsest[index];
		if (base === undefined) continue;
		const mine = {
			gpuBytes: left.gpuBytes + base.gpuBytes,
			triangles: left.triangles + base.triangles,
		};
		limits[index] = mine;
		const chosen = chooseTier(claim.tiers, claim.view, mine, NONE) ?? base;
		const { shown } = claim;
		const isKept = shown !== undefined && fits(shown, mine) && shown.triangles > chosen.triangles;
		left = minus(mine, isKept ? shown : chosen);
	}
	return limits;
}
