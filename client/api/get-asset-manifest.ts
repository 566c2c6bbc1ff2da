import { type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import { requestJson } from './request-json.ts';

/** Where the manifest of an asset stands, on this server. */
export function manifestPathOf(asset: string): string {
	return `/api/v1/assets/${asset}/manifest`;
}

/** The manifest of one asset that something published shows. */
export function getAssetManifest(asset: string, signal: AbortSignal): Promise<AssetManifest> {
	return requestJson(manifestPathOf(asset), assetManifest, signal);
}
