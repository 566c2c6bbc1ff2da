import type { MeshFormat } from '../intake/formats.ts';
import type { SourceFile } from '../intake/source-file.ts';
import type { Scan } from '../mesh/mesh.ts';
import { readGltf } from './gltf/read-gltf.ts';
import { readObj } from './read-obj.ts';
import { readPly } from './read-ply.ts';
import { readStl } from './read-stl.ts';

/** Reads a surface of any format we know. Throws `RefusalError` for what it cannot or must not read. */
export async function read(file: SourceFile, format: MeshFormat): Promise<Scan> {
	const scan = await readAs(file, format);
	return { ...scan, findings: [...(file.findings ?? []), ...scan.findings] };
}

async function readAs(file: SourceFile, format: MeshFormat): Promise<Scan> {
	switch (format) {
		case 'glb':
		case 'gltf':
			return await readGltf(file, format);
		case 'ply':
			return await readPly(file);
		case 'obj':
			return await readObj(file);
		case 'stl':
			return readStl(file);
	}
}
