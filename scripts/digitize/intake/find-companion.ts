import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_LIMITS, type PackageFile, packageFiles } from './package-files.ts';
import { readReference, referenceLog, refuseNetwork, refuseOutside } from './resolve-reference.ts';
import type { SourceFile } from './source-file.ts';

/** A file that an OBJ, MTL or PLY names. */
export interface Companion {
	bytes: Buffer;
	/** It lay elsewhere than the scan says, or is written otherwise, and was found by its name. */
	isByName: boolean;
}

/** The files around each scan, listed at most once. */
const AROUND = new WeakMap<object, PackageFile[]>();

/**
 * Reads a file named by a format without rules for names: where it says, or else by its last part
 * anywhere in the folder handed in, whatever the case. So `C:\work\Tex 1.JPG` finds `maps/tex 1.jpg`.
 * Never reads outside the folder. Gives undefined when nothing fits; refuses with `reference-network`,
 * and with `reference-outside` a path that climbs out and has no namesake inside.
 */
export async function findCompanion(
	file: SourceFile,
	reference: string,
): Promise<Companion | undefined> {
	const path = reference.replaceAll('\\', '/');
	refuseNetwork(path, file.name);
	const isAuthoring = /^(?:[a-z]:)?\//i.test(path);
	const isClimbing = path.split('/').includes('..');
	if (!isAuthoring && !isClimbing) {
		const bytes = await readReference(file, reference);
		if (bytes !== undefined) return { bytes, isByName: false };
	}
	const namesake = findNamesake(file, path);
	if (namesake !== undefined) {
		referenceLog.getStore()?.add(namesake);
		return { bytes: await readFile(join(file.root, namesake)), isByName: true };
	}
	if (isClimbing) refuseOutside(reference, file.name);
	return undefined;
}

/** Of several files of that name, the one whose folders agree the furthest with those written. */
function findNamesake(file: SourceFile, reference: string): string | undefined {
	const wanted = reference.normalize('NFC').toLowerCase().split('/').toReversed();
	let best: string | undefined;
	let bestShared = 0;
	for (const { path } of filesAround(file)) {
		const parts = path.normalize('NFC').toLowerCase().split('/').toReversed();
		const differs = parts.findIndex((part, i) => part !== wanted[i]);
		const shared = differs === -1 ? parts.length : differs;
		if (shared <= bestShared) continue;
		best = path;
		bestShared = shared;
	}
	return best;
}

function filesAround(file: SourceFile): PackageFile[] {
	const known = AROUND.get(file);
	if (known !== undefined) return known;
	const files = packageFiles(file.root, PACKAGE_LIMITS.entries) ?? [];
	AROUND.set(file, files);
	return files;
}
