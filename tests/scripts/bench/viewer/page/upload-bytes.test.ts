import { expect, it } from 'vitest';
import {
	bufferBytesOf,
	textureBytesOf,
} from '../../../../../scripts/bench/viewer/page/upload-bytes.ts';

const [TEXTURE_2D, CUBE_MAP, TEXTURE_3D] = [0x0de1, 0x8513, 0x806f];
const [RGBA8, RGBA, BYTE, ASTC_4X4] = [0x8058, 0x1908, 0x1401, 0x93b0];

it('counts base levels at four bytes a texel', () => {
	expect(textureBytesOf('texStorage2D', [TEXTURE_2D, 5, RGBA8, 16, 8])).toBe(512);
	expect(textureBytesOf('texStorage2D', [CUBE_MAP, 1, RGBA8, 16, 16])).toBe(6144);
	expect(textureBytesOf('texStorage3D', [TEXTURE_3D, 1, RGBA8, 4, 4, 4])).toBe(256);
	const sized = [TEXTURE_2D, 0, RGBA8, 16, 8, 0, RGBA, BYTE, null];
	expect(textureBytesOf('texImage2D', sized)).toBe(512);
	const picture = [TEXTURE_2D, 0, RGBA8, RGBA, BYTE, { width: 16, height: 8 }];
	expect(textureBytesOf('texImage2D', picture)).toBe(512);
	expect(textureBytesOf('texImage2D', sized.with(1, 1))).toBe(0);
});

it('counts compressed levels once, as they are uploaded', () => {
	expect(textureBytesOf('texStorage2D', [TEXTURE_2D, 5, ASTC_4X4, 16, 16])).toBe(0);
	const level = [TEXTURE_2D, 0, 0, 0, 16, 16, ASTC_4X4, new Uint8Array(256)];
	expect(textureBytesOf('compressedTexSubImage2D', level)).toBe(256);
});

it('counts buffers made by size and made of data', () => {
	expect(bufferBytesOf([0, 1024, 0])).toBe(1024);
	expect(bufferBytesOf([0, new Float32Array(10), 0])).toBe(40);
	expect(bufferBytesOf([0, null, 0])).toBe(0);
});
