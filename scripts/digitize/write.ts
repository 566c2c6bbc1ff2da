import { createHash } from 'node:crypto';
import type { OutputFolder } from './output-folder.ts';
import { packBrotli } from './pack-brotli.ts';

/** A written file as the manifest names it; `brotliBytes` equals `bytes` where brotli does not pay. */
export interface WrittenFile {
	file: string;
	bytes: number;
	sha256: string;
	brotliBytes: number;
}

/** Writes a file, and its brotli form beside it where that pays. */
export async function writeWithBrotli(
	folder: OutputFolder,
	file: string,
	bytes: Uint8Array,
): Promise<WrittenFile> {
	await folder.write(file, bytes);
	const packed = await packBrotli(bytes);
	if (packed !== undefined) await folder.write(`${file}.br`, packed);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return { file, bytes: bytes.length, sha256, brotliBytes: (packed ?? bytes).length };
}

/** Writes a value as JSON that people can read. */
export async function writeJson(folder: OutputFolder, name: string, value: unknown): Promise<void> {
	await folder.write(name, Buffer.from(`${JSON.stringify(value, null, '\t')}\n`));
}
