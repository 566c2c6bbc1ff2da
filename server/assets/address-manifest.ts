import { basename } from 'node:path';
import type { AssetManifest, SpatialManifest } from '#schema/asset/asset-manifest';
import type { assetFile } from '../database/schema/assets.ts';

export type FileRow = typeof assetFile.$inferInsert;

/** A file as a manifest names it. */
interface Entry {
	file: string;
	bytes: number;
	sha256: string;
	brotliBytes?: number | undefined;
}

/** Turns names of one asset's files into addresses; throws where the manifest and the files differ. */
interface Addresses {
	/** Of a file by its name. */
	of(name: string): string;
	/** The entry under its address; its size and hash must be those of the file. */
	entry<T extends Entry>(entry: T): T;
	/** Of a URI template: what stands before its first variable must be there. */
	template(pattern: string): string;
}

/** Where the bytes of one derivative are served for ever. */
function hashAddress(row: FileRow): string {
	return `/objects/sha256/${row.sha256}/${encodeURIComponent(basename(row.name))}`;
}

/** Where files that name each other by relative paths are served, as they lie. */
function pathAddress(asset: string, name: string): string {
	return `/objects/assets/${asset}/${name.split('/').map(encodeURIComponent).join('/')}`;
}

/** Addresses of the files of one asset. */
export function addressesOf(asset: string, rows: readonly FileRow[]): Addresses {
	const byName = new Map(rows.map((row) => [row.name, row]));
	const rowOf = (name: string): FileRow => {
		const row = byName.get(name);
		if (row?.isPublic) return row;
		throw new Error(`publish: the manifest names ${name}, which the pipeline did not write`);
	};
	const of = (name: string) =>
		name.includes('/') ? pathAddress(asset, rowOf(name).name) : hashAddress(rowOf(name));
	return {
		of,
		entry(entry) {
			const row = rowOf(entry.file);
			const wireBytes = entry.brotliBytes ?? row.brotliBytes ?? row.bytes;
			const isTrue = row.sha256 === entry.sha256 && row.bytes === entry.bytes;
			if (!isTrue || wireBytes !== (row.brotliBytes ?? row.bytes)) {
				throw new Error(`publish: ${entry.file} is not what the manifest says — run it again`);
			}
			return { ...entry, file: of(entry.file) };
		},
		template(pattern) {
			const [stem = ''] = pattern.split('{');
			if (!rows.some((row) => row.isPublic && row.name.startsWith(stem))) {
				throw new Error(`publish: no file is called as ${pattern} says — run it again`);
			}
			// Braces stay: they are the template's own.
			return pathAddress(asset, pattern).replaceAll('%7B', '{').replaceAll('%7D', '}');
		},
	};
}

function addressSpatial(manifest: SpatialManifest, to: Addresses): SpatialManifest {
	const { tiles, turntable, ar } = manifest;
	const shared = {
		tiers: manifest.tiers.map(({ ktx2, ...tier }) => ({
			...to.entry(tier),
			...(ktx2 ? { ktx2: to.entry(ktx2) } : {}),
		})),
		...(tiles ? { tiles: addressTiles(tiles, to) } : {}),
		...(turntable ? { turntable: to.entry(turntable) } : {}),
		...(ar ? { ar: { ...ar, usdz: to.of(ar.usdz) } } : {}),
	};
	if (manifest.kind !== 'splats') return { ...manifest, ...shared };
	return { ...manifest, ...shared, splats: manifest.splats.map((splat) => to.entry(splat)) };
}

function addressTiles(
	tiles: NonNullable<SpatialManifest['tiles']>,
	to: Addresses,
): NonNullable<SpatialManifest['tiles']> {
	const { file, ktx2, ...facts } = tiles;
	const more = ktx2 === undefined ? {} : { ktx2: { ...ktx2, file: to.of(ktx2.file) } };
	return { ...facts, file: to.of(file), ...more };
}

function addressParts(manifest: AssetManifest, to: Addresses): AssetManifest {
	switch (manifest.kind) {
		case 'mesh':
		case 'points':
		case 'splats':
			return addressSpatial(manifest, to);
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

/**
 * The manifest with every file reference made an address on this server. Files that stand alone get one
 * made of their hash; the roots of folders, whose files name each other by relative paths, get one that
 * keeps the paths. Throws when the manifest names what is not there, or says something else of it.
 */
export function addressManifest(
	manifest: AssetManifest,
	asset: string,
	rows: readonly FileRow[],
): AssetManifest {
	const to = addressesOf(asset, rows);
	const addressed = addressParts(manifest, to);
	const { poster, cards, report } = manifest;
	const common = {
		poster: { ...poster, file: to.of(poster.file) },
		report: to.of(report),
		...(cards ? { cards: cards.map((card) => ({ ...card, file: to.of(card.file) })) } : {}),
	};
	const isSpoken = addressed.kind === 'audio' || addressed.kind === 'video';
	if (!isSpoken || addressed.captions === undefined) return { ...addressed, ...common };
	const captions = addressed.captions.map((each) => to.entry(each));
	return { ...addressed, ...common, captions };
}
