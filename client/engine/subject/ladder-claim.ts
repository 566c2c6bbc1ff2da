import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import type { TierLimits } from '../stage/device-budget.ts';
import type { Claim } from '../stage/subject.ts';
import { chooseTier, type PieceView } from './tier-choice.ts';

const NONE: ReadonlySet<Tier> = new Set();
const NOTHING: TierLimits = { gpuBytes: 0, triangles: 0 };

const fits = (tier: TierLimits, limits: TierLimits): boolean =>
	tier.gpuBytes <= limits.gpuBytes && tier.triangles <= limits.triangles;

/**
 * What a ladder would take of a stage, seen so. A finer tier that is shown already is kept, and counted,
 * as long as it fits.
 */
export function ladderClaim(
	tiers: readonly TierFile[],
	view: PieceView,
	shown: TierFile | undefined,
	distanceM: number,
): Claim {
	return {
		least: tiers[0],
		distanceM,
		take: (limits) => {
			const chosen = chooseTier(tiers, view, limits, NONE) ?? NOTHING;
			const isKept =
				shown !== undefined && fits(shown, limits) && shown.triangles > chosen.triangles;
			return isKept ? shown : chosen;
		},
	};
}
