import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { SourceBytes, SourceFile } from './source-file.ts';

/** Bytes in memory as a file that a reader can take; the files it names are looked for in `folder`. */
export function memoryFile(name: string, bytes: Buffer, folder = '.'): SourceFile {
	return {
		path: name,
		name,
		extension: extname(name).toLowerCase(),
		folder,
		root: folder,
		sizeBytes: bytes.length,
		get sha256() {
			return createHash('sha256').update(bytes).digest('hex');
		},
		head: bytes.subarray(0, 65_536),
		read: () => bytes,
		openBytes: () => memoryBytes(bytes),
	};
}

function memoryBytes(bytes: Buffer): SourceBytes {
	let at = 0;
	return {
		read(into) {
			const piece = bytes.subarray(at, at + into.length);
			into.set(piece);
			at += piece.length;
			return piece.length;
		},
		[Symbol.dispose]: () => undefined,
	};
}
