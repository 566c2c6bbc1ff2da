import { describe, expect, it } from 'vitest';
import { coverMap } from '../../../../scripts/digitize/texture/cover-map.ts';
import { mapPyramid } from '../../../../scripts/digitize/texture/map-pyramid.ts';

const PX = 64;

/** Two triangles that show a square of the map, from (from, from) to (to, to). */
function aSquare(from: number, to: number): Parameters<typeof coverMap>[0] {
	const uvs = Float32Array.of(from, from, to, from, to, to, from, to);
	return { uvs, indices: Uint32Array.of(0, 1, 2, 0, 2, 3), materialOf: undefined };
}

const shown = (covered: Uint8Array | undefined): number =>
	covered?.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) ?? -1;

describe('what a scan shows of its map', () => {
	const size = { widthPx: PX, heightPx: PX };

	it('is the pixels of its triangles and half a pixel more', () => {
		const count = shown(coverMap(aSquare(0.25, 0.75), [0], size));
		expect(count).toBeGreaterThanOrEqual(32 * 32);
		expect(count).toBeLessThanOrEqual(34 * 34);
	});

	it('wraps where texture coordinates leave the map', () => {
		const covered = coverMap(aSquare(-0.125, 0.125), [0], size);
		for (const corner of [0, PX - 1, PX * (PX - 1), PX * PX - 1])
			expect(covered?.[corner]).toBe(255);
		expect(covered?.[(PX * PX) / 2 + PX / 2]).toBe(0);
	});

	it('counts triangles of the material alone', () => {
		const materialOf = Uint16Array.of(0, 1, 1, 0);
		expect(shown(coverMap({ ...aSquare(0, 1), materialOf }, [1], size))).toBe(0);
	});

	it('is everything where the map repeats or triangles pile up on it', () => {
		expect(coverMap(aSquare(0, 1e9), [0], size)).toBeUndefined();
		const pile = aSquare(0, 0.99);
		const indices = new Uint32Array(6 * 100).map((_, i) => pile.indices[i % 6] ?? 0);
		expect(coverMap({ ...pile, indices }, [0], size)).toBeUndefined();
	});
});

describe('a map halved again and again', () => {
	/** Grey where the scan shows it, magenta everywhere else. */
	function anAtlas(
		channels: 3 | 4,
		px = PX,
	): { data: Uint8Array; covered: Uint8Array | undefined } {
		const covered = coverMap(aSquare(0.3, 0.7), [0], { widthPx: px, heightPx: px });
		const data = new Uint8Array(px * px * channels).map((_, i) => {
			const isShown = covered?.[Math.floor(i / channels)] !== 0;
			const outside = i % channels === 1 ? 0 : 255;
			return isShown ? 100 : outside;
		});
		return { data, covered };
	}

	it('shows nothing of what lies between the charts, at any level', () => {
		for (const channels of [3, 4] as const) {
			const { data, covered } = anAtlas(channels);
			const levels = mapPyramid({ widthPx: PX, heightPx: PX, data }, channels, covered);
			expect(levels.map(({ widthPx }) => widthPx)).toEqual([64, 32, 16, 8, 4, 2, 1]);
			for (const level of levels) expect(level.data.every((value) => value === 100)).toBe(true);
		}
	});

	it('keeps its place where a side is no power of two', () => {
		const px = 37;
		const { data } = anAtlas(3, px);
		const levels = mapPyramid({ widthPx: px, heightPx: px, data }, 3, undefined);
		expect(levels.map(({ widthPx }) => widthPx)).toEqual([37, 19, 10, 5, 3, 2, 1]);
		expect(levels[2]?.spanPx).toEqual([9.25, 9.25]);
	});

	it('averages colours by how much of them can be seen', () => {
		const data = Uint8Array.of(200, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
		const [, top] = mapPyramid({ widthPx: 2, heightPx: 2, data }, 4, undefined);
		expect([...(top?.data ?? [])]).toEqual([200, 0, 0, 64]);
	});
});
