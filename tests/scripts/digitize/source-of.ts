import { FORMATS, type Format } from '../../../scripts/digitize/intake/formats.ts';
import { memoryFile } from '../../../scripts/digitize/intake/memory-file.ts';
import { sniff } from '../../../scripts/digitize/intake/sniff.ts';
import type { SourceFile } from '../../../scripts/digitize/intake/source-file.ts';
import type { Scan } from '../../../scripts/digitize/mesh/mesh.ts';
import { read } from '../../../scripts/digitize/read/read.ts';

/** Bytes as the pipeline would have found them in a file of this name. */
export function sourceOf(name: string, content: Uint8Array | string, folder = '.'): SourceFile {
	return memoryFile(name, Buffer.from(content), folder);
}

/** Reads a surface as the pipeline would: by what its bytes say it is. */
export async function readSurface(file: SourceFile): Promise<Scan> {
	const format: Format = sniff(file);
	if (FORMATS[format].kind !== 'mesh') throw new Error(`${file.name} is no surface`);
	return await read(file, format as Parameters<typeof read>[1]);
}
