import type { SourceFile } from '../../../scripts/digitize/intake/source-file.ts';

/** Bytes as the pipeline would have read them from a file of this name. */
export function sourceOf(name: string, bytes: Uint8Array | string, folder = '.'): SourceFile {
	const extension = name.slice(name.lastIndexOf('.'));
	return { path: name, name, extension, folder, bytes: Buffer.from(bytes), sha256: '' };
}
