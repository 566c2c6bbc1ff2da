import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { describeTextures } from '../../../../scripts/digitize/health/describe-textures.ts';
import { iccName } from '../../../../scripts/digitize/health/icc-name.ts';
import { plainMaterial } from '../../../../scripts/digitize/mesh/mesh.ts';
import { readTexture } from '../../../../scripts/digitize/texture/texture-source.ts';

const plain = (width: number, height: number) =>
	sharp({ create: { width, height, channels: 3, background: '#804020' } });

describe('describing textures', () => {
	it('says size, depth, colour space and profile, and what reads them', async () => {
		const p3 = await plain(64, 48).withIccProfile('p3').png().toBuffer();
		const deep = await plain(32, 32).toColourspace('rgb16').png().toBuffer();
		const textures = [
			await readTexture(p3, 'paint.png', 'scan.obj'),
			await readTexture(deep, 'relief.png', 'scan.obj'),
		];
		const material = {
			...plainMaterial('painted'),
			maps: { baseColor: { texture: 0, strength: 1 }, normal: { texture: 1, strength: 1 } },
		};
		const [paint, relief] = await describeTextures(textures, [material]);
		expect(paint).toMatchObject({
			name: 'paint.png',
			widthPx: 64,
			heightPx: 48,
			isPowerOfTwo: false,
			roles: ['baseColor'],
			format: 'png',
			space: 'srgb',
			depth: 'uchar',
		});
		expect(paint?.profile).toMatch(/P3/);
		expect(relief).toMatchObject({ isPowerOfTwo: true, roles: ['normal'], depth: 'ushort' });
		expect(relief).not.toHaveProperty('profile');
	});

	it('takes no name from a broken profile', () => {
		expect(iccName(Buffer.alloc(20))).toBeUndefined();
		const wild = Buffer.alloc(160, 0xff);
		expect(iccName(wild)).toBeUndefined();
		wild.writeUInt32BE(1, 128);
		wild.write('desc', 132, 'latin1');
		expect(iccName(wild)).toBeUndefined();
		wild.writeUInt32BE(144, 136);
		wild.writeUInt32BE(16, 140);
		wild.write('desc', 144, 'latin1');
		wild.writeUInt32BE(0xffffffff, 152);
		wild.write('ab\0c', 156, 'latin1');
		expect(iccName(wild)).toBe('abc');
	});
});
