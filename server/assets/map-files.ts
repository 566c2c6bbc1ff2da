import type { AssetManifest, SpatialManifest } from '#schema/asset/asset-manifest';

/** A file as a manifest names it, with what it says of its bytes. */
export interface ManifestEntry {
	file: string;
	bytes: number;
	sha256: string;
	brotliBytes?: number | undefined;
}

/** What is made of each file reference of a manifest. */
export interface FileMapping {
	/** Of a file by its name. */
	of(name: string): string;
	/** Of an entry, which also says size and hash. */
	entry<T extends ManifestEntry>(entry: T): T;
	/** Of a URI template: the variables in braces stay. */
	template(pattern: string): string;
}

type Tiles = NonNullable<SpatialManifest['tiles']>;

function mapTiles({ ktx2, ...tiles }: Tiles, to: FileMapping): Tiles {
	const more = ktx2 === undefined ? {} : { ktx2: { ...ktx2, file: to.of(ktx2.file) } };
	return { ...tiles, file: to.of(tiles.file), ...more };
}

function mapSpatial(manifest: SpatialManifest, to: FileMapping): SpatialManifest {
	const { tiles, turntable, ar } = manifest;
	const shared = {
		tiers: manifest.tiers.map(({ ktx2, ...tier }) => ({
			...to.entry(tier),
			...(ktx2 ? { ktx2: to.entry(ktx2) } : {}),
		})),
		...(tiles ? { tiles: mapTiles(tiles, to) } : {}),
		...(turntable ? { turntable: to.entry(turntable) } : {}),
		...(ar ? { ar: { ...ar, usdz: to.of(ar.usdz) } } : {}),
	};
	if (manifest.kind !== 'splats') return { ...manifest, ...shared };
	return { ...manifest, ...shared, splats: manifest.splats.map((splat) => to.entry(splat)) };
}

function mapParts(manifest: AssetManifest, to: FileMapping): AssetManifest {
	switch (manifest.kind) {
		case 'mesh':
		case 'points':
		case 'splats':
			return mapSpatial(manifest, to);
		case 'image': {
			const iiif = { ...manifest.iiif, file: to.of(manifest.iiif.file) };
			return { ...manifest, master: to.entry(manifest.master), iiif };
		}
		case 'panorama': {
			const pattern = to.template(manifest.faces.pattern);
			return { ...manifest, faces: { ...manifest.faces, pattern } };
		}
		case 'audio':
			return { ...manifest, streams: manifest.streams.map((stream) => to.entry(stream)) };
		case 'video':
			return { ...manifest, hls: { ...manifest.hls, file: to.of(manifest.hls.file) } };
	}
}

/** The manifest with every reference to a file mapped, and nothing else changed. Throws what `to` throws. */
export function mapFiles(manifest: AssetManifest, to: FileMapping): AssetManifest {
	const mapped = mapParts(manifest, to);
	const { poster, cards, report } = manifest;
	const common = {
		poster: { ...poster, file: to.of(poster.file) },
		report: to.of(report),
		...(cards ? { cards: cards.map((card) => ({ ...card, file: to.of(card.file) })) } : {}),
	};
	const isSpoken = mapped.kind === 'audio' || mapped.kind === 'video';
	if (!isSpoken || mapped.captions === undefined) return { ...mapped, ...common };
	return { ...mapped, ...common, captions: mapped.captions.map((each) => to.entry(each)) };
}
