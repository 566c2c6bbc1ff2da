import type { AssetManifest } from '#schema/asset/asset-manifest';
import type { MadeFile } from './asset-files.ts';
import { type FileMapping, mapFiles } from './map-files.ts';

/** Gives every reference back as it is, and throws where the manifest and the files differ. */
export function checksOf(files: readonly MadeFile[]): FileMapping {
	const byName = new Map(files.map((file) => [file.name, file]));
	const fileOf = (name: string): MadeFile => {
		const file = byName.get(name);
		if (file?.isPublic) return file;
		throw new Error(`publish: the manifest names ${name}, which the pipeline did not write`);
	};
	return {
		of: (name) => fileOf(name).name,
		entry(entry) {
			const file = fileOf(entry.file);
			const wireBytes = file.brotliBytes ?? file.bytes;
			const isTrue = file.sha256 === entry.sha256 && file.bytes === entry.bytes;
			if (!isTrue || (entry.brotliBytes ?? wireBytes) !== wireBytes) {
				throw new Error(`publish: ${entry.file} is not what the manifest says — run it again`);
			}
			return entry;
		},
		template(pattern) {
			const [stem = ''] = pattern.split('{');
			if (!files.some((file) => file.isPublic && file.name.startsWith(stem))) {
				throw new Error(`publish: no file is called as ${pattern} says — run it again`);
			}
			return pattern;
		},
	};
}

/** Throws when a manifest names what the pipeline did not write, or says something else of it. */
export function checkManifest(manifest: AssetManifest, files: readonly MadeFile[]): void {
	mapFiles(manifest, checksOf(files));
}
