import type { AssetKind } from '#schema/asset/asset-manifest';

/** What a format holds and how its files may be named. */
interface FormatTraits {
	kind: AssetKind;
	/** Lower case, with the dot; the first is the usual one. */
	suffixes: readonly string[];
	/** As a curator knows it. */
	label: string;
}

/** Every format that is read. A PLY may also hold points or splats, a picture a panorama. */
export const FORMATS = {
	glb: { kind: 'mesh', suffixes: ['.glb'], label: 'GLB' },
	gltf: { kind: 'mesh', suffixes: ['.gltf'], label: 'glTF' },
	obj: { kind: 'mesh', suffixes: ['.obj'], label: 'OBJ' },
	ply: { kind: 'mesh', suffixes: ['.ply'], label: 'PLY' },
	stl: { kind: 'mesh', suffixes: ['.stl'], label: 'STL' },
	las: { kind: 'points', suffixes: ['.las'], label: 'LAS' },
	laz: { kind: 'points', suffixes: ['.laz'], label: 'LAZ' },
	e57: { kind: 'points', suffixes: ['.e57'], label: 'E57' },
	splat: { kind: 'splats', suffixes: ['.splat'], label: 'SPLAT' },
	spz: { kind: 'splats', suffixes: ['.spz'], label: 'SPZ' },
	sog: { kind: 'splats', suffixes: ['.sog'], label: 'SOG' },
	jpeg: { kind: 'image', suffixes: ['.jpg', '.jpeg', '.jpe', '.jfif'], label: 'JPEG' },
	png: { kind: 'image', suffixes: ['.png'], label: 'PNG' },
	tiff: { kind: 'image', suffixes: ['.tif', '.tiff'], label: 'TIFF' },
	webp: { kind: 'image', suffixes: ['.webp'], label: 'WebP' },
	avif: { kind: 'image', suffixes: ['.avif'], label: 'AVIF' },
	mp3: { kind: 'audio', suffixes: ['.mp3'], label: 'MP3' },
	wav: { kind: 'audio', suffixes: ['.wav'], label: 'WAV' },
	flac: { kind: 'audio', suffixes: ['.flac'], label: 'FLAC' },
	ogg: { kind: 'audio', suffixes: ['.ogg', '.opus', '.oga'], label: 'Ogg' },
	m4a: { kind: 'audio', suffixes: ['.m4a'], label: 'M4A' },
	mp4: { kind: 'video', suffixes: ['.mp4', '.m4v', '.mov'], label: 'MP4' },
	matroska: { kind: 'video', suffixes: ['.mkv', '.webm'], label: 'Matroska' },
} as const satisfies Record<string, FormatTraits>;

/** What to hand in instead of a file that is none of these: the end of a sentence. */
export const TAKEN =
	'hand in a surface (GLB, glTF, OBJ, PLY, STL), points (PLY, LAS, LAZ, E57), splats (PLY, SPLAT, SPZ, SOG), a picture or panorama (JPEG, PNG, TIFF, WebP, AVIF), sound (MP3, WAV, FLAC, Ogg, M4A) or film (MP4, MOV, MKV, WebM), or a folder or ZIP with one of them';

export type Format = keyof typeof FORMATS;

/** The formats whose usual content is a surface. */
export type MeshFormat = 'glb' | 'gltf' | 'obj' | 'ply' | 'stl';

/** The formats a file of this name may hold. */
export function formatsNamed(extension: string): Format[] {
	const names = Object.keys(FORMATS) as Format[];
	return names.filter((name) => FORMATS[name].suffixes.some((suffix) => suffix === extension));
}
