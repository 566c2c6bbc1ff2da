import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawPoster } from '../../../../scripts/digitize/picture/poster.ts';
import type { Subject } from '../../../../scripts/digitize/picture/scenery.ts';
import { drawTurntable, type Turntable } from '../../../../scripts/digitize/picture/turntable.ts';
import { aBall, aGlb, type TestMesh } from '../../../support/meshes.ts';
import { readSurface, sourceOf } from '../source-of.ts';

/** A ball on the floor: white all round, but for a dark half that faces +Z. */
async function aSubject(): Promise<Subject> {
	const mesh: TestMesh = aBall(1_200);
	for (let i = 0; i < mesh.positions.length / 3; i += 1) {
		mesh.positions[i * 3 + 1] = (mesh.positions[i * 3 + 1] ?? 0) + 1;
		const grey = (mesh.normals[i * 3 + 2] ?? 0) > 0 ? 0.1 : 0.8;
		mesh.colours.splice(i * 4, 3, grey, grey, grey);
	}
	const scan = await readSurface(sourceOf('mid.glb', aGlb({ mesh, hasColours: true })));
	return { ...scan, shadowMesh: scan.mesh };
}

/** A third of what visitors get: what is tested does not depend on it. */
const FRAME_PX = 128;

describe('the pictures of a piece', () => {
	const { signal } = new AbortController();
	let subject: Subject;
	let sheet: Turntable;
	let pixels: Buffer;
	const at = (frame: number, x: number, y: number): number => {
		const { columns, frameWidthPx, frameHeightPx } = sheet;
		const left = (frame % columns) * frameWidthPx + x;
		const top = Math.floor(frame / columns) * frameHeightPx + y;
		return pixels[(top * columns * frameWidthPx + left) * 3 + 1] ?? 0;
	};
	/** The mean of a square in the middle of a frame. */
	const middle = (frame: number): number => {
		let sum = 0;
		for (let i = 0; i < 64; i += 1) sum += at(frame, 60 + (i % 8), 54 + Math.floor(i / 8));
		return sum / 64;
	};

	beforeAll(async () => {
		subject = await aSubject();
		sheet = await drawTurntable(subject, 2, signal, FRAME_PX);
		pixels = await sharp(sheet.webp).removeAlpha().raw().toBuffer();
	});

	it('turn once round in 24 frames of one sheet, small enough to load at once', async () => {
		const { frames, columns, frameWidthPx, frameHeightPx, webp } = sheet;
		expect([frames, columns, frameWidthPx, frameHeightPx]).toEqual([24, 6, FRAME_PX, FRAME_PX]);
		const { width, height } = await sharp(webp).metadata();
		expect([width, height]).toEqual([FRAME_PX * 6, FRAME_PX * 4]);
		expect(webp.length).toBeLessThanOrEqual(60_000);
	});

	it('show front and back once each, without a jump and with one exposure', () => {
		const tones = Array.from({ length: 24 }, (_, i) => middle(i));
		const [darkest, brightest] = [Math.min(...tones), Math.max(...tones)];
		expect(brightest - darkest).toBeGreaterThan(60);
		const half = tones.map((tone) => tone > (darkest + brightest) / 2);
		expect(half.filter((bright, i) => bright !== half[(i + 1) % 24])).toHaveLength(2);
		// Within the bright half nothing pumps.
		const run = tones.filter((tone) => tone > brightest - 25);
		expect(run.length).toBeGreaterThan(5);
	});

	it('keep light and shadow where they are: the floor of opposite frames is alike', () => {
		for (const [x, y] of [
			[114, 84],
			[14, 96],
			[64, 120],
		] as const) {
			const floor = Array.from({ length: 24 }, (_, frame) => at(frame, x, y));
			expect(Math.max(...floor) - Math.min(...floor)).toBeLessThan(14);
		}
		for (let frame = 0; frame < 24; frame += 1) {
			expect(Math.abs(at(frame, 2, 2) - 0x13)).toBeLessThan(5);
			expect(Math.abs(at(frame, 125, 125) - 0x13)).toBeLessThan(5);
		}
	});

	it('do not depend on the number of threads', async () => {
		const alone = await drawTurntable(subject, 1, signal, FRAME_PX);
		expect(Buffer.from(alone.webp).equals(Buffer.from(sheet.webp))).toBe(true);
	}, 120_000);

	it('stop when they are told to', async () => {
		await expect(drawTurntable(subject, 1, AbortSignal.abort(), FRAME_PX)).rejects.toThrow(
			/abort/i,
		);
	});

	it('come as a poster and as cards of the same picture', async () => {
		const { poster, cards } = await drawPoster(subject, 512);
		expect(cards.map((card) => card.widthPx)).toEqual([480, 240]);
		const small = await Promise.all(
			[poster, ...cards].map(({ webp }) =>
				sharp(webp).resize(60, 60).removeAlpha().raw().toBuffer(),
			),
		);
		for (const card of small.slice(1)) {
			const away = card.map((value, i) => Math.abs(value - (small[0]?.[i] ?? 0)));
			expect(away.reduce((sum, value) => sum + value, 0) / away.length).toBeLessThan(2.5);
		}
	});
});
