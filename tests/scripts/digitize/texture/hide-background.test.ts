import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { coverMap } from '../../../../scripts/digitize/texture/cover-map.ts';
import { encodeTexture } from '../../../../scripts/digitize/texture/texture.ts';

const PX = 256;
/** Charts of stone, two pixels apart on magenta, as careless unwrapping leaves them. */
const CHART = 30;
const PITCH = 32;
const STONE = [150, 130, 110] as const;
const MAGENTA = [255, 0, 255] as const;

function anAtlas(): Buffer {
	const data = Buffer.alloc(PX * PX * 3);
	for (let i = 0; i < PX * PX; i += 1) {
		const isChart = (i % PX) % PITCH < CHART && Math.floor(i / PX) % PITCH < CHART;
		data.set(isChart ? STONE : MAGENTA, i * 3);
	}
	return data;
}

/** Two triangles over each chart, half a pixel inside its border. */
function itsSurface(): Parameters<typeof coverMap>[0] {
	const uvs: number[] = [];
	const indices: number[] = [];
	for (let y = 0; y < PX; y += PITCH) {
		for (let x = 0; x < PX; x += PITCH) {
			const [left, right] = [(x + 0.5) / PX, (x + CHART - 0.5) / PX];
			const [top, bottom] = [(y + 0.5) / PX, (y + CHART - 0.5) / PX];
			const a = uvs.length / 2;
			uvs.push(left, top, right, top, right, bottom, left, bottom);
			indices.push(a, a + 1, a + 2, a, a + 2, a + 3);
		}
	}
	return {
		uvs: Float32Array.from(uvs),
		indices: Uint32Array.from(indices),
		materialOf: undefined,
	};
}

/** How much redder than green the reddest pixel is; 20 in stone, 255 in magenta. */
async function reddest(px: number, isHidden: boolean): Promise<number> {
	const raw = { width: PX, height: PX, channels: 3 } as const;
	const bytes = await sharp(anAtlas(), { raw }).png().toBuffer();
	const source = { name: 'atlas', bytes, widthPx: PX, heightPx: PX, hasAlpha: false };
	const surface = itsSurface();
	const { webp } = await encodeTexture(
		source,
		'baseColor',
		{ alphaMode: 'OPAQUE' },
		{ px, quality: 95, cover: isHidden ? (size) => coverMap(surface, [0], size) : undefined },
	);
	const pixels = await sharp(webp).raw().toBuffer();
	let most = 0;
	for (let i = 0; i < pixels.length; i += 3) {
		most = Math.max(most, (pixels[i] ?? 0) - (pixels[i + 1] ?? 0));
	}
	return most;
}

describe('what lies between the charts of an atlas', () => {
	it.each([PX, PX / 4, PX / 16])('does not show in a map of %i pixels', async (px) => {
		expect(await reddest(px, true)).toBeLessThan(40);
		expect(await reddest(px, false)).toBeGreaterThan(40);
	});
});
