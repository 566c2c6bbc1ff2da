import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { refuse } from '../refusal-error.ts';

/** No companion file of a scan is larger than this, in bytes. */
const MAX_COMPANION_BYTES = 2 ** 31 - 1;

/** Hears of every reference that is followed while a scan is read; results depend on these files too. */
export const referenceLog = new AsyncLocalStorage<Set<string>>();

/**
 * Reads a file that a scan names, such as a buffer or a texture. It must lie in the scan's own folder
 * or below it, also after every symbolic link is followed. Gives undefined when it does not exist.
 *
 * Refuses with `reference-network` any address with a scheme or a host, with `reference-outside`
 * everything that leaves the folder. `reference` is a plain path; percent signs are decoded by
 * `decodeUri` beforehand where the format has them.
 */
export async function readReference(
	folder: string,
	reference: string,
	name: string,
): Promise<Buffer | undefined> {
	referenceLog.getStore()?.add(reference);
	const path = reference.replaceAll('\\', '/');
	if (/^(?:[a-z][a-z\d+.-]+:)?\/\//i.test(path)) network(reference, name);
	if (/^[a-z][a-z\d+.-]+:/i.test(path)) outside(reference, name);
	if (path.includes('\0') || isAbsolute(path) || path.split('/').includes('..')) {
		outside(reference, name);
	}
	const root = await realpath(folder);
	const real = await realpath(join(root, path)).catch(() => undefined);
	if (real === undefined) return undefined;
	const inside = relative(root, real);
	if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
		outside(reference, name);
	}
	const info = await stat(real);
	if (!info.isFile() || info.size > MAX_COMPANION_BYTES) return undefined;
	return await readFile(real);
}

/** Refuses with `reference-missing`. */
export function missing(reference: string, name: string): never {
	return refuse(
		'reference-missing',
		`${name} needs ${shown(reference)}, which is not beside it — send both files together`,
	);
}

function outside(reference: string, name: string): never {
	return refuse(
		'reference-outside',
		`${name} refers to ${shown(reference)}, outside its own folder — put all its files into one folder and export again`,
	);
}

function network(reference: string, name: string): never {
	return refuse(
		'reference-network',
		`${name} refers to ${shown(reference)} on a network — download it, put it beside the scan and export again`,
	);
}

/** Foreign text on one line of a message: short, and without control characters. */
function shown(reference: string): string {
	const clean = reference.replaceAll(/[^\P{C}]/gu, '?');
	return `"${clean.length > 80 ? `${clean.slice(0, 80)}…` : clean}"`;
}
