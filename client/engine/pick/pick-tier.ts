import type { TierFile } from '#schema/asset/asset-manifest';

/** Fewer triangles than this miss what is carved: a hit would float over the surface that is seen. */
const ENOUGH_TRIANGLES = 2_000;
/** More take a second to index on a phone, and a megabyte for each piece of a room. */
const MOST_TRIANGLES = 30_000;

/**
 * The tier that rays are cast at: `low`, or the coarsest with detail enough, or the finest that is
 * small enough. Undefined when there is none, as for points and splats. `tiers` run coarse to fine.
 */
export function pickTierOf(tiers: readonly TierFile[]): TierFile | undefined {
	const small = tiers.filter(({ triangles }) => triangles > 0 && triangles <= MOST_TRIANGLES);
	return (
		small.find(({ tier }) => tier === 'low') ??
		small.find(({ triangles }) => triangles >= ENOUGH_TRIANGLES) ??
		small.at(-1)
	);
}
