import { afterEach, expect, it, vi } from 'vitest';
import { retryAfterMs } from '../../../client/api/retry-after.ts';

const busy = (retryAfter?: string, status = 503) => ({
	status,
	headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
});

afterEach(() => void vi.useRealTimers());

it('reads seconds and dates', () => {
	vi.useFakeTimers({ now: Date.UTC(2026, 11, 1, 8, 0, 0) });
	expect(retryAfterMs(busy('20'), 60_000)).toBe(20_000);
	expect(retryAfterMs(busy('Tue, 01 Dec 2026 08:00:20 GMT'), 60_000)).toBe(20_000);
	expect(retryAfterMs(busy('20', 429), 60_000)).toBe(20_000);
});

it('waits a second at least, and no longer than is bearable', () => {
	expect(retryAfterMs(busy('0'), 60_000)).toBe(1_000);
	expect(retryAfterMs(busy('Tue, 01 Dec 2020 08:00:20 GMT'), 60_000)).toBe(1_000);
	expect(retryAfterMs(busy('3600'), 60_000)).toBe(60_000);
});

it('waits a little when nothing sensible is said', () => {
	expect(retryAfterMs(busy(), 60_000)).toBe(5_000);
	expect(retryAfterMs(busy('soon'), 60_000)).toBe(5_000);
});

it('knows that other answers ask for no wait', () => {
	for (const status of [200, 404, 500, 502]) {
		expect(retryAfterMs(busy('20', status), 60_000), String(status)).toBeUndefined();
	}
});
