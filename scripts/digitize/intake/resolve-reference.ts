import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { refuse } from '../refusal-error.ts';
import { quoteForeign } from './quote-foreign.ts';
import type { SourceFile } from './source-file.ts';

/** No companion file of a scan is larger than this, in bytes. */
const MAX_COMPANION_BYTES = 2 ** 31 - 1;

/** Hears of every reference that is followed while a scan is read; results depend on these files too. */
export const referenceLog = new AsyncLocalStorage<Set<string>>();
/** A scan, as far as it matters to the files it names. */
export type Referrer = Pick<SourceFile, 'name' | 'folder' | 'root'>;

/**
 * Reads a file that a scan names, such as a buffer or a texture. It must lie in the folder or archive
 * that was handed in, for a file by itself in its own folder or below, also after every symbolic link
 * is followed. Gives undefined when it does not exist.
 *
 * Refuses with `reference-network` any address with a scheme or a host, with `reference-outside`
 * everything that leaves the folder. `reference` is a plain path; percent signs are decoded
 * beforehand where the format has them.
 */
export async function readReference(
	file: Referrer,
	reference: string,
): Promise<Buffer | undefined> {
	referenceLog.getStore()?.add(reference);
	const path = reference.replaceAll('\\', '/');
	refuseNetwork(path, file.name);
	if (/^[a-z][a-z\d+.-]+:/i.test(path)) refuseOutside(reference, file.name);
	if (path.includes('\0') || isAbsolute(path)) refuseOutside(reference, file.name);
	if (!isInside(resolve(file.root), resolve(file.folder, path))) {
		refuseOutside(reference, file.name);
	}
	const root = await realpath(file.root);
	const real = await realpath(join(file.folder, path)).catch(() => undefined);
	if (real === undefined) return undefined;
	if (!isInside(root, real)) refuseOutside(reference, file.name);
	const info = await stat(real);
	if (!info.isFile() || info.size > MAX_COMPANION_BYTES) return undefined;
	return await readFile(real);
}

function isInside(root: string, path: string): boolean {
	const inside = relative(root, path);
	return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** Refuses with `reference-missing`. */
export function missing(reference: string, name: string): never {
	return refuse(
		'reference-missing',
		`${name} needs ${quoteForeign(reference)}, which is not beside it — send both files together`,
	);
}

/** Refuses with `reference-outside`. */
export function refuseOutside(reference: string, name: string): never {
	return refuse(
		'reference-outside',
		`${name} refers to ${quoteForeign(reference)}, outside its own folder — put all its files into one folder and export again`,
	);
}

/**
 * Refuses with `reference-network` what has a host, with `reference-outside` a `file:` address;
 * `reference` has forward slashes only.
 */
export function refuseNetwork(reference: string, name: string): void {
	if (/^file:/i.test(reference)) refuseOutside(reference, name);
	if (!/^(?:[a-z][a-z\d+.-]+:)?\/\//i.test(reference)) return;
	refuse(
		'reference-network',
		`${name} refers to ${quoteForeign(reference)} on a network — download it, put it beside the scan and export again`,
	);
}
