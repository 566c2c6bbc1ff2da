import { join, parse } from 'node:path';
import { type Entry, openPromise } from 'yauzl';
import type { PackageFile } from './package-files.ts';

/** Entries of a USDZ lie on multiples of this, so that a device can map them. */
const ALIGNMENT = 64;
const STORED = 0;

/** The USDZ that belongs to a scan: the one of the same name, or the only one; undefined for none. */
export function chooseUsdz(files: PackageFile[], main: PackageFile): PackageFile | undefined {
	const all = files.filter((file) => /\.usdz$/i.test(file.path));
	const stem = parse(main.path).name.toLowerCase();
	const twin = all.find((file) => parse(file.path).name.toLowerCase() === stem);
	return twin ?? (all.length === 1 ? all[0] : undefined);
}

/**
 * True when a file keeps the rules that Quick Look insists on: a ZIP of stored, unencrypted entries
 * whose data lie on multiples of 64 bytes, the first of them a USD file. What the USD says is not
 * looked at. Source: OpenUSD, "USDZ File Format Specification", 2024.
 */
export async function isUsdz(root: string, { path }: PackageFile): Promise<boolean> {
	const zip = await openPromise(join(root, path), { autoClose: false }).catch(() => undefined);
	if (zip === undefined) return false;
	try {
		let isFirst = true;
		for await (const entry of zip.eachEntry()) {
			if (isFirst && !/\.usd[ac]?$/i.test(entry.fileName)) return false;
			isFirst = false;
			const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
			if (!isPlain(entry, fileDataStart)) return false;
		}
		return !isFirst;
	} catch {
		return false;
	} finally {
		zip.close();
	}
}

function isPlain(entry: Entry, dataAt: number): boolean {
	const isFolder = entry.fileName.endsWith('/');
	const isAligned = isFolder || dataAt % ALIGNMENT === 0;
	return entry.compressionMethod === STORED && !entry.isEncrypted() && isAligned;
}
