import { RefusalError, refuse } from '../refusal-error.ts';
import type { SourceFile } from './source-file.ts';

/** The kinds of scan that are read. */
export type ScanFormat = 'glb' | 'gltf' | 'obj' | 'ply' | 'stl';

const SUFFIXES: Readonly<Record<string, ScanFormat>> = {
	'.glb': 'glb',
	'.gltf': 'gltf',
	'.obj': 'obj',
	'.ply': 'ply',
	'.stl': 'stl',
};

const FOREIGN: readonly (readonly [magic: string, name: string])[] = [
	['Kaydara FBX', 'an FBX file'],
	['PK\u0003\u0004', 'a ZIP or USDZ archive'],
	['LASF', 'a LAS point cloud'],
	['ASTM-E57', 'an E57 point cloud'],
	['BLENDER', 'a Blender file'],
	['PXR-USDC', 'a USD file'],
	['#usda', 'a USD file'],
	['%PDF', 'a PDF'],
	['\u0089PNG', 'a PNG picture'],
	['\u00ff\u00d8\u00ff', 'a JPEG picture'],
	['Rar!', 'a RAR archive'],
	['7z\u00bc\u00af', 'a 7-Zip archive'],
	['<?xml', 'an XML file (perhaps COLLADA)'],
];

const STL_HEADER_BYTES = 84;
const STL_RECORD_BYTES = 50;

/**
 * Tells a file's kind from its bytes; its name must agree. Refuses with `extension-wrong` when the
 * content is a kind we read under another name, with `format-unknown` when it is none.
 */
export function sniff(file: SourceFile): ScanFormat {
	const named = SUFFIXES[file.extension];
	const found = fromBytes(file.bytes, named);
	if (found === undefined) throw unknownFormat(file);
	if (found !== named) {
		const kind = found === 'gltf' ? 'glTF' : found.toUpperCase();
		refuse(
			'extension-wrong',
			`${file.name} holds ${kind}, which its name does not say — rename it to end in .${found}`,
		);
	}
	return found;
}

function fromBytes(bytes: Buffer, named: ScanFormat | undefined): ScanFormat | undefined {
	const head = bytes.subarray(0, 4096);
	const start = head.toString('latin1', 0, 16);
	if (start.startsWith('glTF')) return 'glb';
	if (/^ply[\r\n]/.test(start)) return 'ply';
	if (isForeign(start)) return undefined;
	const isText = !head.includes(0);
	const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
	if (isText && /^\s*\{/.test(text)) return 'gltf';
	if (isText && /^\s*solid\b/.test(text) && /\b(?:facet|endsolid)\b/.test(text)) return 'stl';
	if (isText && looksLikeObj(text, named)) return 'obj';
	return isBinaryStl(bytes, named) ? 'stl' : undefined;
}

function isForeign(start: string): boolean {
	return FOREIGN.some(([magic]) => start.startsWith(magic));
}

function looksLikeObj(text: string, named: ScanFormat | undefined): boolean {
	if (/^v[ \t]+[-+\d.]/m.test(text)) return true;
	return named === 'obj' && /^(?:#|mtllib|usemtl|[ogsf]|v[nt])(?:[ \t]|$)/m.test(text);
}

/** A binary STL has no magic: its count must fit its size, or its name must say what it is. */
function isBinaryStl(bytes: Buffer, named: ScanFormat | undefined): boolean {
	if (bytes.length < STL_HEADER_BYTES) return false;
	const expected = STL_HEADER_BYTES + bytes.readUInt32LE(80) * STL_RECORD_BYTES;
	return expected === bytes.length || named === 'stl';
}

function unknownFormat(file: SourceFile): RefusalError {
	const start = file.bytes.toString('latin1', 0, 16);
	const foreign = FOREIGN.find(([magic]) => start.startsWith(magic));
	const what = foreign === undefined ? 'no kind of scan we know' : foreign[1];
	return new RefusalError(
		'format-unknown',
		`${file.name} is ${what} — export the scan as GLB, glTF, OBJ, PLY or STL`,
	);
}
