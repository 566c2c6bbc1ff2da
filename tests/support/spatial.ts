import { type AssetManifest, isSpatial, type SpatialManifest } from '#schema/asset/asset-manifest';

/** A manifest that must be of something that stands in space. */
export function spatial(manifest: AssetManifest | null | undefined): SpatialManifest {
	if (!manifest || !isSpatial(manifest)) throw new Error('expected a piece that stands in space');
	return manifest;
}
