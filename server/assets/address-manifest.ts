import { basename } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { AddressedFiles } from './asset-files.ts';
import { type FileMapping, type ManifestEntry, mapFiles } from './map-files.ts';
import { signedAssetAddress } from './signed-assets.ts';

/**
 * Who asks for addresses: a visitor of the site; someone who was given signed ones, for `expiresS`
 * seconds, because nothing published links the asset; a page that has its bytes from a cache at `base`
 * (absolute, without a trailing slash); or a pack without a network, where files lie side by side.
 */
export type Asker =
	| { kind: 'site' }
	| { kind: 'signed'; expiresS: number; secret: Uint8Array }
	| { kind: 'cdn'; base: string }
	| { kind: 'pack' };

/** A visitor of the site. */
export const SITE: Asker = { kind: 'site' };

/** A path below an asset as part of an address. Braces stay: they are a template's own. */
function escapePath(path: string): string {
	const escaped = path.split('/').map(encodeURIComponent).join('/');
	return escaped.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

/**
 * Where everyone finds a file: those that stand alone by their hash, those of a folder, which name
 * each other by relative paths, as they lie.
 */
function siteAddress({ asset, hashes }: AddressedFiles, name: string): string {
	const hash = hashes.get(name);
	if (hash !== undefined) return `/objects/sha256/${hash}/${encodeURIComponent(basename(name))}`;
	return `/objects/assets/${asset}/${escapePath(name)}`;
}

/** What turns names of an asset's files into what `who` can follow. */
export function addressing(files: AddressedFiles, who: Asker): (name: string) => string {
	switch (who.kind) {
		case 'site':
			return (name) => siteAddress(files, name);
		case 'cdn':
			return (name) => who.base + siteAddress(files, name);
		case 'signed': {
			const root = signedAssetAddress(who.secret, files.asset, who.expiresS);
			return (name) => `${root}/${escapePath(name)}`;
		}
		case 'pack':
			return (name) => name;
	}
}

/**
 * The manifest as the database has it, with every file reference made what `who` can follow. The one
 * place where addresses are made; the manifest was checked against its files when it was published.
 */
export function addressManifest(
	manifest: AssetManifest,
	files: AddressedFiles,
	who: Asker,
): AssetManifest {
	const of = addressing(files, who);
	const to: FileMapping = {
		of,
		entry: <T extends ManifestEntry>(entry: T) => ({ ...entry, file: of(entry.file) }),
		template: of,
	};
	return mapFiles(manifest, to);
}
