import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** Bytes in memory as a file that a reader can take; the files it names are looked for in `folder`. */
export function memoryFile(name: string, bytes: Buffer, folder = '.'): SourceFile {
	return {
		path: name,
		name,
		extension: extname(name).toLowerCase(),
		folder,
		sizeBytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		head: bytes.subarray(0, 65_536),
		read: () => bytes,
	};
}
