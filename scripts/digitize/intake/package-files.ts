import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a folder or an unpacked archive. */
export interface PackageFile {
	/** From the root, with forward slashes. */
	path: string;
	sizeBytes: number;
}

/** What one scan may bring along. */
export interface PackageLimits {
	/** Files and folders together. */
	entries: number;
	totalBytes: number;
	/** Bytes a packed byte may become, for files over a megabyte that are no text. */
	ratio: number;
}

export const PACKAGE_LIMITS: PackageLimits = {
	entries: 2000,
	totalBytes: 4 * 1024 ** 3,
	ratio: 200,
};

/** What file managers leave behind. */
const LEFT_BEHIND = ['__MACOSX', 'Thumbs.db', 'desktop.ini'];

const ARCHIVE = /\.(?:zip|rar|7z|tar|tgz|gz|bz2|xz|zst)$/i;

/** True for what is no part of a scan: hidden files, what file managers leave, archives within. */
export function isBeside(path: string): boolean {
	const parts = path.split('/');
	return ARCHIVE.test(path) || parts.some((p) => p.startsWith('.') || LEFT_BEHIND.includes(p));
}

/**
 * The files below a folder, sorted by path. Symbolic links are neither listed nor followed. Gives
 * undefined when there are more than `maxEntries` files and folders.
 */
export function packageFiles(root: string, maxEntries: number): PackageFile[] | undefined {
	const files: PackageFile[] = [];
	const folders = [''];
	let entries = 0;
	for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
		const within = folder === '' ? '' : `${folder}/`;
		const found = entriesOf(join(root, folder)).map((entry) => ({
			entry,
			path: `${within}${entry.name}`,
		}));
		entries += found.length;
		if (entries > maxEntries) return undefined;
		const ours = found.filter(({ path }) => !isBeside(path));
		for (const { path, entry } of ours) if (entry.isDirectory()) folders.push(path);
		for (const { path, entry } of ours) {
			if (entry.isFile()) files.push({ path, sizeBytes: sizeOf(join(root, path)) });
		}
	}
	return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a folder holds; nothing where we may not look. */
function entriesOf(folder: string): Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		return [];
	}
}

function sizeOf(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
