import { expect, it } from 'vitest';
import { Fade } from '../../../../client/engine/light/fade.ts';

it('comes smoothly from nothing to all, at the pace of the frames', () => {
	const fade = new Fade(600);
	fade.start();
	const shares = [1000, 1150, 1300, 1450, 1600].map((nowMs) => {
		const isUnderWay = fade.advance(nowMs);
		return [fade.share, isUnderWay];
	});
	expect(shares).toEqual([
		[0, true],
		[0.15625, true],
		[0.5, true],
		[0.84375, true],
		[1, false],
	]);
	expect(fade.advance(1700)).toBe(false);
	expect(fade.share).toBe(1);
});

it('comes with the second frame where nothing may move', () => {
	const fade = new Fade(0);
	fade.start();
	expect([fade.advance(1000), fade.share]).toEqual([true, 0]);
	expect([fade.advance(1016), fade.share]).toEqual([false, 1]);
});

it('waits until it is started, and starts over after a reset', () => {
	const fade = new Fade(600);
	expect([fade.advance(1000), fade.share]).toEqual([false, 0]);
	fade.start();
	fade.advance(2000);
	fade.advance(9000);
	expect(fade.share).toBe(1);
	fade.start();
	expect(fade.isUnderWay).toBe(false);
	fade.reset();
	expect(fade.share).toBe(0);
	fade.start();
	expect([fade.advance(10_000), fade.share]).toEqual([true, 0]);
});
