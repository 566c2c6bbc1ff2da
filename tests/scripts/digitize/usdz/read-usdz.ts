import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';

/** One file of a package, and where its bytes begin. */
export interface PackedFile {
	name: string;
	bytes: Buffer;
	/** From the start of the package. */
	dataOffset: number;
	isStored: boolean;
	isIntact: boolean;
}

/** A mesh as the text of its stage states it. */
export interface UsdMesh {
	counts: number[];
	indices: number[];
	points: number[];
	normals: number[];
	extent: number[];
	uvs: number[];
	atlasUvs: number[];
}

/** Reads a package by another library than the one that wrote it, in the order of its entries. */
export async function readPackage(usdz: Uint8Array): Promise<PackedFile[]> {
	const zip = await fromBufferPromise(Buffer.from(usdz), { lazyEntries: true });
	const entries = await new Promise<Entry[]>((done, fail) => {
		const found: Entry[] = [];
		zip.on('entry', (entry: Entry) => {
			found.push(entry);
			zip.readEntry();
		});
		zip.on('error', fail).on('end', () => done(found));
		zip.readEntry();
	});
	const files: PackedFile[] = [];
	for (const entry of entries) {
		const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
		const bytes = await buffer(await zip.openReadStreamPromise(entry));
		files.push({
			name: entry.fileName,
			bytes,
			dataOffset: fileDataStart,
			isStored: entry.compressionMethod === 0,
			isIntact: crc32(bytes) === entry.crc32,
		});
	}
	return files;
}

/** The meshes of a stage in text, as far as a test needs them. */
export function readMeshes(usda: string): UsdMesh[] {
	return usda
		.split(/def Mesh "/)
		.slice(1)
		.map((text) => {
			const list = (name: string): number[] => {
				const start = text.indexOf(`${name} = [`);
				if (start === -1) return [];
				const body = text.slice(start + name.length + 4, text.indexOf(']', start));
				return body
					.split(/[(),\s]+/)
					.filter(Boolean)
					.map(Number);
			};
			return {
				counts: list('faceVertexCounts'),
				indices: list('faceVertexIndices'),
				points: list('points'),
				normals: list('normals'),
				extent: list('extent'),
				uvs: list('primvars:st'),
				atlasUvs: list('primvars:st1'),
			};
		});
}
