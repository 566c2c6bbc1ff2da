import type { SourceFile } from './source-file.ts';

/** A format that is known but not read. */
interface Foreign {
	/** What it is, with an article: `an FBX file`. */
	what: string;
	/** What to do with it, where there is better advice than to hand in another file. */
	advice?: string;
}

const AS_JPEG = 'export it as JPEG or PNG, in its full size';
const AS_TIFF = 'export it as TIFF with 16 bits from the program that develops it, or as JPEG';
const HEIC = { what: 'an HEIC photo, as phones take them', advice: AS_JPEG };
const JPEG_2000 = { what: 'a JPEG 2000 picture', advice: 'export it as TIFF, without loss' };
const JPEG_XL = { what: 'a JPEG XL picture', advice: 'export it as TIFF or PNG, without loss' };
const RAW = { what: 'what a camera took, not yet developed (raw)', advice: AS_TIFF };

const MAGICS: readonly (readonly [at: number, magic: string, foreign: Foreign])[] = [
	[0, 'Kaydara FBX', { what: 'an FBX file' }],
	[0, 'PK\u0003\u0004', { what: 'a ZIP archive that is not named .zip' }],
	[0, 'BLENDER', { what: 'a Blender file' }],
	[0, 'PXR-USDC', { what: 'a USD file' }],
	[0, '#usda', { what: 'a USD file' }],
	[0, '%PDF', { what: 'a PDF' }],
	[0, 'Rar!', { what: 'a RAR archive' }],
	[0, '7z\u00bc\u00af', { what: 'a 7-Zip archive' }],
	[0, '<?xml', { what: 'an XML file (perhaps COLLADA)' }],
	[0, 'GIF8', { what: 'a GIF picture', advice: 'export it as PNG' }],
	[0, '8BPS', { what: 'a Photoshop file', advice: 'export it as TIFF, flattened' }],
	[4, 'ftyphei', HEIC],
	[4, 'ftyphev', HEIC],
	[4, 'ftypmif1', HEIC],
	[4, 'ftypmsf1', HEIC],
	[4, 'ftypcrx', RAW],
	[4, 'jP  ', JPEG_2000],
	[0, '\u00ff\u004f\u00ff\u0051', JPEG_2000],
	[4, 'JXL ', JPEG_XL],
	[0, '\u00ff\u000a', JPEG_XL],
];

/** Raw photos that begin as TIFF do, which holds but a small preview. */
const RAW_SUFFIXES: readonly string[] = [
	'.dng',
	'.nef',
	'.cr2',
	'.arw',
	'.pef',
	'.srw',
	'.orf',
	'.rw2',
];

/** What a file is that we know but do not read; undefined for anything else. */
export function foreignFormat({ head, extension }: SourceFile): Foreign | undefined {
	const start = head.toString('latin1', 0, 16);
	const found = MAGICS.find(([at, magic]) => start.startsWith(magic, at))?.[2];
	return found ?? (RAW_SUFFIXES.includes(extension) ? RAW : undefined);
}
