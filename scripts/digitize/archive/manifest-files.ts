import type { AssetManifest } from '#schema/asset/asset-manifest';

/** A file as a manifest names it; what it does not state is undefined. */
export interface NamedFile {
	file: string;
	bytes: number | undefined;
	sha256: string | undefined;
	/** Of its brotli form, when there is one. */
	brotliBytes: number | undefined;
	triangles: number | undefined;
	widthPx: number | undefined;
	heightPx: number | undefined;
}

/** Values with other names than `file` that name files. */
const REFERENCES = ['report', 'usdz'];
/** Free values: what stands there names nothing. */
const NAMELESS = ['recipe', 'source'];
/** What names a whole folder of files, of which only one is named. */
const FOLDERS = ['tiles', 'iiif', 'faces', 'hls'];

/** Every file that a manifest of any kind names, wherever it stands in it. */
export function namedFiles(manifest: AssetManifest): NamedFile[] {
	const found: NamedFile[] = [];
	collect(manifest, found);
	return found;
}

/** The folders that hold more files than the manifest names. */
export function namedFolders(manifest: AssetManifest): string[] {
	return FOLDERS.filter((folder) => folder in manifest);
}

function collect(value: unknown, found: NamedFile[]): void {
	if (Array.isArray(value)) {
		for (const item of value) collect(item, found);
	} else if (typeof value === 'object' && value !== null) {
		collectFrom(new Map(Object.entries(value)), found);
	}
}

function collectFrom(entry: Map<string, unknown>, found: NamedFile[]): void {
	const file = entry.get('file');
	if (typeof file === 'string') found.push(named(file, entry, file.includes('/')));
	for (const [name, inner] of entry) {
		if (NAMELESS.includes(name)) continue;
		if (typeof inner === 'string' && REFERENCES.includes(name)) {
			found.push(named(inner, name === 'usdz' ? entry : new Map(), false));
		} else collect(inner, found);
	}
}

function named(file: string, entry: Map<string, unknown>, isFolder: boolean): NamedFile {
	const numberOf = (name: string) => {
		const value = entry.get(name);
		return typeof value === 'number' ? value : undefined;
	};
	const sha256 = entry.get('sha256');
	return {
		file,
		// Beside the main file of a folder stand the bytes of the whole folder, or of what it adds to one.
		bytes: isFolder ? undefined : numberOf('bytes'),
		sha256: typeof sha256 === 'string' ? sha256 : undefined,
		brotliBytes: numberOf('brotliBytes'),
		triangles: numberOf('triangles'),
		widthPx: numberOf('widthPx'),
		heightPx: numberOf('heightPx'),
	};
}
