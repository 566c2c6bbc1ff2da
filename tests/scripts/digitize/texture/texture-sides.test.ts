import { describe, expect, it } from 'vitest';
import { type Material, type Mesh, plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { textureSides } from '../../../../scripts/digitize/texture/texture-sides.ts';

/** Square sheets beside each other, one a material; each given its side in metres and in its texture. */
function sheets(sizes: (readonly [side: number, uvSide: number])[]): Mesh {
	const corners = sizes.flatMap(([side]) => [0, 0, 0, side, 0, 0, 0, 0, side, side, 0, side]);
	const uvs = sizes.flatMap(([, side]) => [0, 0, side, 0, 0, side, side, side]);
	return {
		positions: Float32Array.from(corners),
		normals: undefined,
		uvs: Float32Array.from(uvs),
		colours: undefined,
		materialOf: Uint16Array.from({ length: sizes.length * 4 }, (_, i) => Math.floor(i / 4)),
		indices: Uint32Array.from(sizes.flatMap((_, i) => [0, 2, 1, 1, 2, 3].map((k) => k + i * 4))),
	};
}

const withMap = (texture: number): Material => ({
	...plainMaterial(''),
	maps: { baseColor: { texture, strength: 1 } },
});

describe('the sides of textures', () => {
	it('are the whole budget for one that covers the piece', () => {
		expect(textureSides(sheets([[1, 0.8]]), [withMap(0)], 2048).get(0)).toBe(2048);
	});

	it('shrink with the share of the piece that they cover', () => {
		const mesh = sheets([
			[1, 1],
			[0.25, 1],
		]);
		const sides = textureSides(mesh, [withMap(0), withMap(1)], 2048);
		expect(sides.get(0)).toBe(2048);
		expect(sides.get(1)).toBe(512);
	});

	it('shrink where a texture repeats', () => {
		expect(textureSides(sheets([[1, 4]]), [withMap(0)], 2048).get(0)).toBe(512);
	});

	it('suit the material that needs most of a shared one', () => {
		const mesh = sheets([
			[1, 1],
			[0.1, 1],
		]);
		expect(textureSides(mesh, [withMap(0), withMap(0)], 1024).get(0)).toBe(1024);
	});

	it('are the budget where texture coordinates have no area', () => {
		expect(textureSides(sheets([[1, 0]]), [withMap(0)], 256).get(0)).toBe(256);
	});
});
