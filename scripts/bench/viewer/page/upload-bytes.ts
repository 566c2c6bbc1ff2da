const TEXTURE_CUBE_MAP = 0x8513;
const CUBE_FACES = 6;
const BYTES_PER_TEXEL = 4;

/** First and last internal formats of the compressed families: S3TC, its sRGB, RGTC, BPTC, ETC2, ASTC and its sRGB. */
const COMPRESSED: readonly (readonly [number, number])[] = [
	[0x83f0, 0x83f3],
	[0x8c4c, 0x8c4f],
	[0x8dbb, 0x8dbe],
	[0x8e8c, 0x8e8f],
	[0x9270, 0x9279],
	[0x93b0, 0x93bd],
	[0x93d0, 0x93dd],
];

/** The calls that ask for memory of textures. */
export const TEXTURE_CALLS: readonly string[] = [
	'texStorage2D',
	'texStorage3D',
	'texImage2D',
	'texImage3D',
	'compressedTexImage2D',
	'compressedTexImage3D',
	'compressedTexSubImage2D',
	'compressedTexSubImage3D',
];

/**
 * Bytes of textures that a call asks for, told from its arguments: base levels at four bytes a texel
 * whatever their format, compressed levels as they are uploaded.
 */
export function textureBytesOf(name: string, args: readonly unknown[]): number {
	if (name.startsWith('compressed')) return byteLengthIn(args);
	return texelsOf(name, args) * BYTES_PER_TEXEL;
}

/** Bytes of a `bufferData` call: a size, or data. */
export function bufferBytesOf(args: readonly unknown[]): number {
	return typeof args[1] === 'number' ? args[1] : byteLengthIn(args.slice(1, 2));
}

function byteLengthIn(args: readonly unknown[]): number {
	const data = args.find((arg) => arg instanceof ArrayBuffer || ArrayBuffer.isView(arg));
	return data instanceof ArrayBuffer || ArrayBuffer.isView(data) ? data.byteLength : 0;
}

function texelsOf(name: string, args: readonly unknown[]): number {
	if (name.startsWith('texStorage')) {
		const format = Number(args[2]);
		// Its levels follow as compressed data, and are counted there.
		if (COMPRESSED.some(([first, last]) => format >= first && format <= last)) return 0;
		const faces = args[0] === TEXTURE_CUBE_MAP ? CUBE_FACES : 1;
		return faces * product(args.slice(3, name === 'texStorage3D' ? 6 : 5));
	}
	if (args[1] !== 0) return 0;
	// texImage2D(target, level, internalformat, format, type, picture) has the size in the picture.
	if (args.length === 6) return product(sizeOf(args[5]));
	return product(args.slice(3, name === 'texImage3D' ? 6 : 5));
}

function sizeOf(picture: unknown): unknown[] {
	if (typeof picture !== 'object' || picture === null) return [0];
	return [Reflect.get(picture, 'width'), Reflect.get(picture, 'height')];
}

function product(numbers: readonly unknown[]): number {
	return numbers.reduce((all: number, one) => all * Number(one), 1);
}
