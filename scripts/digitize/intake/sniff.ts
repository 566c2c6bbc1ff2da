import type { AssetKind } from '#schema/asset/asset-manifest';
import { RefusalError, refuse } from '../refusal-error.ts';
import { foreignFormat } from './foreign-formats.ts';
import { FORMATS, type Format, formatsNamed, TAKEN } from './formats.ts';
import type { SourceFile } from './source-file.ts';

/** What a file's first bytes say beyond doubt: offset, bytes, format. */
const MAGICS: readonly (readonly [at: number, magic: string, format: Format])[] = [
	[0, 'glTF', 'glb'],
	[0, 'LASF', 'las'],
	[0, 'ASTM-E57', 'e57'],
	[0, 'NGSP', 'spz'],
	[0, '\u00ff\u00d8\u00ff', 'jpeg'],
	[0, '\u0089PNG', 'png'],
	[0, 'II*\0', 'tiff'],
	[0, 'MM\0*', 'tiff'],
	[0, 'II+\0', 'tiff'],
	[0, 'MM\0+', 'tiff'],
	[8, 'WEBP', 'webp'],
	[8, 'WAVE', 'wav'],
	[0, 'fLaC', 'flac'],
	[0, 'OggS', 'ogg'],
	[0, 'ID3', 'mp3'],
	[4, 'ftypM4A', 'm4a'],
	[4, 'ftypavif', 'avif'],
	[4, 'ftyp', 'mp4'],
	[0, '\u001aE\u00df\u00a3', 'matroska'],
];

const GZIP = '\u001f\u008b';
const ZIP = 'PK\u0003\u0004';
const SPLAT_RECORD_BYTES = 32;
const STL_HEADER_BYTES = 84;
const STL_RECORD_BYTES = 50;
/** Where LAS keeps its point format; the top bit says that the points are LAZ. */
const LAS_FORMAT_AT = 104;

/**
 * Tells a file's format from its bytes; its name must agree. Refuses with `extension-wrong` when the
 * content is a format we read under another name, with `format-unknown` when it is none.
 */
export function sniff(file: SourceFile): Format {
	const named = formatsNamed(file.extension);
	const found = fromBytes(file, named);
	if (found === undefined) throw unknownFormat(file);
	if (!named.includes(found)) {
		const { label, suffixes } = FORMATS[found];
		refuse(
			'extension-wrong',
			`${file.name} holds ${label}, which its name does not say — rename it to end in ${suffixes[0]}`,
		);
	}
	return found;
}

/** The kind of piece that a file becomes unless somebody says otherwise. */
export function kindOf(file: SourceFile, format: Format): AssetKind {
	const head = file.head.toString('latin1');
	if (format === 'ply') return plyKind(head);
	const isPicture = FORMATS[format].kind === 'image';
	if (isPicture && /ProjectionType(?:="|>)equirectangular/.test(head)) return 'panorama';
	return FORMATS[format].kind;
}

/** A PLY without faces holds points; with the coefficients of a Gaussian, splats. */
function plyKind(head: string): AssetKind {
	const header = head.slice(0, head.indexOf('end_header') + 1 || undefined);
	if (/^property \w+ (?:f_dc_0|packed_position)\s*$/m.test(header)) return 'splats';
	return /^element (?:face|tristrips) (?!0\s*$)/m.test(header) ? 'mesh' : 'points';
}

function fromBytes(file: SourceFile, named: Format[]): Format | undefined {
	const head = file.head.subarray(0, 4096);
	const start = head.toString('latin1', 0, 16);
	if (/^ply[\r\n]/.test(start)) return 'ply';
	if (start.startsWith(ZIP) && named.includes('sog')) return 'sog';
	if (foreignFormat(file) !== undefined) return undefined;
	const magic = MAGICS.find(([at, word]) => start.startsWith(word, at))?.[2];
	if (magic === 'las' && ((head[LAS_FORMAT_AT] ?? 0) & 0x80) !== 0) return 'laz';
	if (magic !== undefined) return magic;
	if (start.startsWith(GZIP) && named.includes('spz')) return 'spz';
	return fromText(head, named) ?? fromSize(file, named);
}

function fromText(head: Buffer, named: Format[]): Format | undefined {
	if (head.includes(0)) return undefined;
	const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
	if (/^\s*\{/.test(text)) return 'gltf';
	if (/^\s*(?:solid|facet)\b/im.test(text) && /\b(?:facet|endsolid)\b/i.test(text)) return 'stl';
	if (/^v[ \t]+[-+\d.]/m.test(text)) return 'obj';
	const isObj = /^(?:#|mtllib|usemtl|[ogsf]|v[nt])(?:[ \t]|$)/m.test(text);
	return named.includes('obj') && isObj ? 'obj' : undefined;
}

/** Formats without magic: their size must fit their count, or their name must say what they are. */
function fromSize(file: SourceFile, named: Format[]): Format | undefined {
	const { head, sizeBytes } = file;
	if (named.includes('splat') && sizeBytes % SPLAT_RECORD_BYTES === 0) return 'splat';
	const isMp3 = head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0;
	if (named.includes('mp3') && isMp3) return 'mp3';
	if (head.length < STL_HEADER_BYTES) return undefined;
	const expected = STL_HEADER_BYTES + head.readUInt32LE(80) * STL_RECORD_BYTES;
	return expected === sizeBytes || named.includes('stl') ? 'stl' : undefined;
}

function unknownFormat(file: SourceFile): RefusalError {
	const { what, advice = TAKEN } = foreignFormat(file) ?? { what: 'no kind of scan we know' };
	return new RefusalError('format-unknown', `${file.name} is ${what} — ${advice}`);
}
