import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadChunk } from '../../../client/state/load-chunk.ts';

let isServerThere: boolean;
let memory: Map<string, string>;
const reload = vi.fn();

beforeEach(() => {
	vi.useFakeTimers();
	isServerThere = true;
	memory = new Map();
	reload.mockClear();
	vi.stubGlobal('location', { reload });
	vi.stubGlobal('sessionStorage', {
		getItem: (key: string) => memory.get(key) ?? null,
		setItem: (key: string, value: string) => memory.set(key, value),
	});
	vi.stubGlobal('fetch', async () => {
		if (!isServerThere) throw new TypeError('nothing answers');
		return new Response('ok');
	});
});

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

/** A chunk that fails so often, then comes. */
function chunk(failures: number, message = 'Failed to fetch dynamically imported module') {
	return vi.fn(async () => {
		if (load.mock.calls.length <= failures) throw new TypeError(message);
		return 'the page';
	});
}
let load: ReturnType<typeof chunk>;

/** What became of it in a minute: the chunk, its error, or nothing while the page reloads. */
async function outcome(): Promise<string> {
	let seen = 'nothing';
	loadChunk(load).then(
		(value) => (seen = value),
		(error: Error) => (seen = error.message),
	);
	await vi.advanceTimersByTimeAsync(60_000);
	return seen;
}

it('tries a chunk that failed once more', async () => {
	load = chunk(1);
	expect(await outcome()).toBe('the page');
	expect(reload).not.toHaveBeenCalled();
});

it('reloads the page when the chunk is gone and the server is there, and says nothing meanwhile', async () => {
	load = chunk(9);
	expect(await outcome()).toBe('nothing');
	expect(load).toHaveBeenCalledTimes(2);
	expect(reload).toHaveBeenCalledTimes(1);
});

it('does not reload for ever: not twice within ten minutes', async () => {
	load = chunk(99);
	await outcome();
	expect(await outcome()).toMatch(/Failed to fetch/);
	expect(reload).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(600_000);
	expect(await outcome()).toBe('nothing');
	expect(reload).toHaveBeenCalledTimes(2);
});

it('keeps what is shown when nothing answers: a reload would lose it', async () => {
	isServerThere = false;
	load = chunk(9);
	expect(await outcome()).toMatch(/Failed to fetch/);
	expect(reload).not.toHaveBeenCalled();
	expect(memory.size).toBe(0);
});

it('does not reload where the browser forbids to remember it', async () => {
	vi.stubGlobal('sessionStorage', undefined);
	load = chunk(9);
	expect(await outcome()).toMatch(/Failed to fetch/);
	expect(reload).not.toHaveBeenCalled();
});

it('does not try a page again without its style', async () => {
	load = chunk(1, 'Unable to preload CSS for /assets/record-1234.css');
	expect(await outcome()).toBe('nothing');
	expect(load).toHaveBeenCalledTimes(1);
	expect(reload).toHaveBeenCalledTimes(1);
});
