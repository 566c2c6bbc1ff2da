import { describe, expect, it } from 'vitest';
import type { Asset } from '#schema/asset/asset';
import { readyAssetOf } from '../../../client/state/asset-address.ts';
import { aManifest, atSite } from '../../support/assets.ts';

const ID = 'ab'.repeat(16);

function anAsset(change: Partial<Asset> = {}): Asset {
	const manifest = aManifest(atSite);
	return { id: ID, status: 'ready', progress: 1, job: null, manifest, failure: null, ...change };
}

function withPoster(file: string): Asset {
	const manifest = aManifest(atSite);
	return anAsset({ manifest: { ...manifest, poster: { ...manifest.poster, file } } });
}

describe('the addresses of an asset', () => {
	it('are there only once it is ready', () => {
		expect(readyAssetOf({ asset: null })).toBeUndefined();
		expect(readyAssetOf({ asset: anAsset({ status: 'running', manifest: null }) })).toBeUndefined();
		expect(readyAssetOf({ asset: anAsset() })?.manifestUrl).toBe(`/api/v1/assets/${ID}/manifest`);
	});

	it('resolve against the manifest, as the contract says', () => {
		const relative = readyAssetOf({ asset: withPoster('poster.webp') });
		expect(relative?.posterUrl).toBe(`/api/v1/assets/${ID}/poster.webp`);
		const rooted = readyAssetOf({ asset: withPoster('/objects/sha256/00/poster.webp') });
		expect(rooted?.posterUrl).toBe('/objects/sha256/00/poster.webp');
	});
});
