import { extname } from 'node:path';
import type { AssetKind } from '#schema/asset/asset-manifest';
import { refuse } from '../refusal-error.ts';
import { FORMATS, formatsNamed } from './formats.ts';
import type { PackageFile } from './package-files.ts';
import { quoteForeign } from './quote-foreign.ts';

/** Candidates are named in a refusal, but not all of hundreds. */
const MAX_NAMED = 4;

/**
 * The one file among its companions that holds the scan. Pictures beside a surface, points or splats
 * are its textures, sound and film beside it something else. Refuses with `archive-empty` when there
 * is none, with `archive-ambiguous` when there are several, with `usdz-alone` when only a USDZ came.
 */
export function chooseMain(files: PackageFile[], name: string): PackageFile {
	const known = files.filter((file) => kindNamed(file) !== undefined);
	const spatial = known.filter((file) =>
		['mesh', 'points', 'splats'].includes(kindNamed(file) ?? ''),
	);
	const candidates = spatial.length > 0 ? spatial : known;
	const [main, ...others] = candidates;
	if (main === undefined) return refuseEmpty(files, name);
	if (others.length === 0) return main;
	const shown = candidates.slice(0, MAX_NAMED).map((file) => quoteForeign(file.path));
	const more = candidates.length > MAX_NAMED ? ` and ${candidates.length - MAX_NAMED} more` : '';
	return refuse(
		'archive-ambiguous',
		`${name} holds several scans (${shown.join(', ')}${more}) — hand in each by itself, with its own textures`,
	);
}

/** What a file seems to hold by its name; undefined for what is no scan. */
export function kindNamed({ path }: PackageFile): AssetKind | undefined {
	const [format] = formatsNamed(extname(path).toLowerCase());
	return format && FORMATS[format].kind;
}

function refuseEmpty(files: PackageFile[], name: string): never {
	if (files.some((file) => /\.usdz$/i.test(file.path))) refuseUsdzAlone(name);
	return refuse(
		'archive-empty',
		`${name} holds no scan we know — put the scan's file and its textures into it, not into an archive within`,
	);
}

/** Refuses with `usdz-alone`. */
export function refuseUsdzAlone(name: string): never {
	return refuse(
		'usdz-alone',
		`${name} can only go along with a scan — put the GLB, OBJ, PLY or STL it was made from into one folder or ZIP with it`,
	);
}
