/** A file of a bag: its path from the bag's root, size and hash. */
export interface BagFile {
	path: string;
	bytes: number;
	sha512: string;
}

export const DECLARATION_FILE = 'bagit.txt';
export const INFO_FILE = 'bag-info.txt';
export const PAYLOAD_MANIFEST = 'manifest-sha512.txt';
export const TAG_MANIFEST = 'tagmanifest-sha512.txt';

export const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** The lines of a BagIt manifest, in order of path. Source: RFC 8493 §2.1.3. */
export function bagManifest(files: BagFile[]): string {
	const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
	return sorted.map(({ path, sha512 }) => `${sha512}  ${encodePath(path)}\n`).join('');
}

/** A manifest's lines back as hashes by path; lines that are none are given as they are. */
export function readBagManifest(text: string): { hashes: Map<string, string>; broken: string[] } {
	const hashes = new Map<string, string>();
	const broken: string[] = [];
	for (const line of text.split(/\r\n|\r|\n/)) {
		if (line === '') continue;
		const [, hash, path] = /^([0-9a-fA-F]{128})[ \t]+\*?(.+)$/.exec(line) ?? [];
		if (hash === undefined || path === undefined) broken.push(line);
		else hashes.set(decodePath(path), hash.toLowerCase());
	}
	return { hashes, broken };
}

/** What `bag-info.txt` says: label and value a line, no value longer than its line. */
export function bagInfo(entries: readonly (readonly [label: string, value: string])[]): string {
	return entries
		.map(([label, value]) => `${label}: ${value.replaceAll(/[\r\n]+/g, ' ')}\n`)
		.join('');
}

/** Only line ends, and the sign that says so, are written otherwise in a manifest. */
function encodePath(path: string): string {
	return path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function decodePath(path: string): string {
	return path.replaceAll(/%0D/gi, '\r').replaceAll(/%0A/gi, '\n').replaceAll('%25', '%');
}
