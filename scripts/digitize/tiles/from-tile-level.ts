import type { SpatialManifest, TierFile } from '#schema/asset/asset-manifest';
import type { Deviation } from '#schema/asset/digitize-report';
import type { Tiled } from './tile.ts';

/** What a manifest says about the tiles, if there are any. */
export function tilesEntry({ tiles }: Pick<Tiled, 'tiles'>): Pick<SpatialManifest, 'tiles'> {
	return tiles === undefined ? {} : { tiles };
}

/**
 * Where a ladder was made from a level of the tiles, each of its tiers may lie as far from the scan as
 * that level does and the tier from it, together; so may its measured deviations.
 */
export function fromTileLevel<T extends { tiers: TierFile[]; deviations: Deviation[] }>(
	ladder: T,
	{ errorM }: Tiled,
): T {
	if (errorM === 0) return ladder;
	const tiers = ladder.tiers.map((tier) => ({ ...tier, errorM: tier.errorM + errorM }));
	const deviations = ladder.deviations.map((each) => ({
		...each,
		method: `${each.method}-from-tile-level`,
		rmsM: each.rmsM + errorM,
		p99M: each.p99M + errorM,
		maxM: each.maxM + errorM,
	}));
	return { ...ladder, tiers, deviations };
}
