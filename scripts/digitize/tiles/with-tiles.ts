import { type AssetManifest, isSpatial } from '#schema/asset-manifest';
import type { Tiled } from './tile.ts';

/**
 * Adds the tiles to a manifest. Where its ladder was made from a level of the tiles, each tier may lie
 * as far from the scan as that level does and the tier from it, together.
 */
export function withTiles(manifest: AssetManifest, { tiles, errorM }: Tiled): AssetManifest {
	if (tiles === undefined || !isSpatial(manifest)) return manifest;
	const tiers = manifest.tiers.map((tier) => ({ ...tier, errorM: tier.errorM + errorM }));
	return { ...manifest, tiers, tiles };
}
