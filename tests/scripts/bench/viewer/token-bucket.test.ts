import { expect, it } from 'vitest';
import { TokenBucket } from '../../../../scripts/bench/viewer/token-bucket.ts';

it('lets bytes pass at the rate of the link', () => {
	const bucket = new TokenBucket({ bytesPerS: 1000, graceMs: 0 });
	expect(bucket.take(500, 0)).toBe(500);
	expect(bucket.take(250, 600)).toBe(850);
});

it('queues everybody in one line', () => {
	const bucket = new TokenBucket({ bytesPerS: 1000, graceMs: 0 });
	const ends = [bucket.take(100, 0), bucket.take(100, 0), bucket.take(100, 50)];
	expect(ends).toEqual([100, 200, 300]);
});

it('makes up for the late timers of a transfer under way, within its grace', () => {
	const bucket = new TokenBucket({ bytesPerS: 1000, graceMs: 50 });
	bucket.take(100, 0);
	expect(bucket.take(100, 130, true)).toBe(200);
	expect(bucket.take(100, 900, true)).toBe(950);
});

it('saves nothing up while the link is at rest', () => {
	const bucket = new TokenBucket({ bytesPerS: 1000, graceMs: 50 });
	bucket.take(100, 0);
	expect(bucket.take(100, 130)).toBe(230);
});
