import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import { manifestPathOf } from '../api/get-asset-manifest.ts';

/** What is needed to show a piece whose asset is ready. Addresses are paths on this server. */
export interface ReadyAsset {
	manifest: AssetManifest;
	/** Where the manifest stands: its file references resolve against it. */
	manifestUrl: string;
	posterUrl: string;
}

/** The ready asset of an artefact, or undefined while there is none. */
export function readyAssetOf(artefact: Pick<ArtefactWithAsset, 'asset'>): ReadyAsset | undefined {
	const { asset } = artefact;
	if (asset?.status !== 'ready' || !asset.manifest) return undefined;
	const manifestUrl = manifestPathOf(asset.id);
	return {
		manifest: asset.manifest,
		manifestUrl,
		posterUrl: resolvePath(asset.manifest.poster.file, manifestUrl),
	};
}

/** Resolves a reference as a browser would, keeping paths of our own server free of an origin. */
function resolvePath(reference: string, base: string): string {
	const nowhere = 'http://localhost';
	const url = new URL(reference, new URL(base, nowhere));
	return url.origin === nowhere ? url.pathname + url.search : url.href;
}
