import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { RefusalError, refuse } from '../../refusal-error.ts';

/** A SOG has eight files; what has many more is something else. */
const MAX_ENTRIES = 64;
const MAX_ENTRY_BYTES = 512 * 2 ** 20;
/** Pictures hardly shrink in a zip; the description does, but it is small. */
const MAX_RATIO = 200;

/** The files of a bundled SOG by their names, without folders. Refuses what is unsafe or damaged. */
export async function unzipSog(bytes: Buffer, name: string): Promise<Map<string, Buffer>> {
	const files = new Map<string, Buffer>();
	try {
		const zip = await fromBufferPromise(bytes);
		for await (const entry of zip.eachEntry()) {
			const { fileName, uncompressedSize, compressedSize } = entry;
			if (fileName.endsWith('/')) continue;
			const isBomb = uncompressedSize > Math.max(compressedSize * MAX_RATIO, 1 << 20);
			if (isBomb || files.size >= MAX_ENTRIES || uncompressedSize > MAX_ENTRY_BYTES) unsafe(name);
			const stream = await zip.openReadStreamPromise(entry);
			files.set(fileName.split('/').at(-1) ?? '', await buffer(stream));
		}
	} catch (error) {
		if (error instanceof RefusalError) throw error;
		refuse('structure-invalid', `${name} does not unpack, it is damaged — copy or export it again`);
	}
	return files;
}

function unsafe(name: string): never {
	return refuse('archive-unsafe', `${name} unpacks to more than a SOG holds — export it again`);
}
