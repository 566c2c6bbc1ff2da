import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchFile } from '../../../../client/engine/stage/fetch-file.ts';
import { PartialFiles } from '../../../../client/engine/stage/partial-files.ts';
import { type Scripted, SILENCE, scriptedFetch } from '../../../support/scripted-fetch.ts';

const FILE = Uint8Array.from({ length: 100 }, (_, index) => index);
const URL_OF_IT = 'http://localhost/objects/sha256/00/mid.glb';
const ETAG = '"the-file"';

/** The rest of the file, as a server gives it. */
const from = (first: number, more: Partial<Scripted> = {}): Scripted => ({
	status: 206,
	headers: { 'content-range': `bytes ${first}-99/100` },
	parts: [FILE.slice(first)],
	...more,
});

/** The beginning of the whole file, after which the connection breaks. */
const cutAt = (length: number, headers: Record<string, string> = { etag: ETAG }): Scripted => ({
	headers,
	parts: [FILE.slice(0, length)],
	ends: 'broken',
});
const WHOLE: Scripted = { parts: [FILE] };

/** Asks for the file as often as there are answers, and gives the last outcome. */
function network(...script: (Scripted | typeof SILENCE)[]) {
	const { fetch, asked } = scriptedFetch(script);
	vi.stubGlobal('fetch', fetch);
	const kept = new PartialFiles();
	const shares: number[] = [];
	const get = (signal = new AbortController().signal) =>
		fetchFile({
			url: URL_OF_IT,
			sizeBytes: FILE.byteLength,
			signal,
			partials: kept,
			onProgress: (share) => shares.push(share),
		});
	return { asked, kept, shares, get };
}

const isTheFile = (buffer: ArrayBuffer) => expect(new Uint8Array(buffer)).toEqual(FILE);

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

describe('a transfer that broke off', () => {
	it('goes on where it ended, with the same bytes only', async () => {
		const { asked, kept, shares, get } = network(cutAt(40), from(40));
		await expect(get()).rejects.toMatchObject({ name: 'LoadError', reason: 'network' });
		isTheFile(await get());
		expect(asked).toEqual([{}, { range: 'bytes=40-', 'if-range': ETAG }]);
		expect(shares).toEqual([0.4, 1]);
		expect(kept.totalBytes).toBe(0);
	});

	it('goes on more than once', async () => {
		const { asked, get } = network(
			cutAt(40),
			from(40, { parts: [FILE.slice(40, 70)], ends: 'broken' }),
			from(70),
		);
		await expect(get()).rejects.toMatchObject({ reason: 'network' });
		await expect(get()).rejects.toMatchObject({ reason: 'network' });
		isTheFile(await get());
		expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=40-', 'bytes=70-']);
	});

	it('names no tag after a packed answer: a part is of the plain bytes, under another', async () => {
		for (const headers of [
			{ etag: '"packed"', 'content-encoding': 'br' },
			{ etag: 'W/"weak"' },
			{ 'last-modified': 'today' },
		]) {
			const { asked, get } = network(cutAt(40, headers), from(40));
			await expect(get()).rejects.toMatchObject({ reason: 'network' });
			isTheFile(await get());
			expect(asked[1]).toEqual({ range: 'bytes=40-' });
		}
	});

	it('starts over when the server sends the whole, as it does for other bytes', async () => {
		const { get, kept } = network(cutAt(40), { ...cutAt(30, { etag: '"new"' }) }, from(30));
		await expect(get()).rejects.toMatchObject({ reason: 'network' });
		await expect(get()).rejects.toMatchObject({ reason: 'network' });
		expect(kept.totalBytes).toBe(30);
		isTheFile(await get());
	});

	it.each<[string, Scripted]>([
		['of another place', from(40, { headers: { 'content-range': 'bytes 41-99/100' } })],
		['of a file of another size', from(40, { headers: { 'content-range': 'bytes 40-99/120' } })],
		['that does not say of what', from(40, { headers: {} })],
		[
			'that is packed',
			from(40, { headers: { 'content-range': 'bytes 40-99/100', 'content-encoding': 'br' } }),
		],
		['that cannot be', { status: 416 }],
	])('takes no part %s, but asks for the whole', async (_, answer) => {
		const { asked, get } = network(cutAt(40), answer, WHOLE);
		await expect(get()).rejects.toMatchObject({ reason: 'network' });
		isTheFile(await get());
		expect(asked[2]).toEqual({});
	});

	it('is complete when only the end of the connection is missing', async () => {
		isTheFile(await network(cutAt(100)).get());
	});

	it('keeps what it has while the server is busy, and lets go of it when the file is gone', async () => {
		const { kept, get } = network(cutAt(40), { status: 503 }, { status: 404 });
		await expect(get()).rejects.toMatchObject({ reason: 'network' });
		await expect(get()).rejects.toMatchObject({ reason: 'busy' });
		expect(kept.totalBytes).toBe(40);
		await expect(get()).rejects.toMatchObject({ reason: 'missing' });
		expect(kept.totalBytes).toBe(0);
	});

	it('was cut when its end came too early or too late; only the first is worth keeping', async () => {
		const short = network({ parts: [FILE.slice(0, 40)] });
		await expect(short.get()).rejects.toMatchObject({ reason: 'cut' });
		expect(short.kept.totalBytes).toBe(40);
		const long = network({ parts: [FILE, FILE] });
		await expect(long.get()).rejects.toMatchObject({ reason: 'cut' });
		expect(long.kept.totalBytes).toBe(0);
	});
});

describe('a transfer that is dropped', () => {
	it('rejects with the reason of who dropped it, and goes on from there later', async () => {
		const stop = new AbortController();
		const { asked, kept, shares, get } = network(
			{ headers: { etag: ETAG }, parts: [FILE.slice(0, 60)], ends: 'never' },
			from(60),
		);
		const dropped = get(stop.signal);
		await vi.waitFor(() => expect(shares).toEqual([0.6]));
		stop.abort(new Error('the page is hidden'));
		await expect(dropped).rejects.toThrow('the page is hidden');
		expect(kept.totalBytes).toBe(60);
		isTheFile(await get());
		expect(asked[1]).toEqual({ range: 'bytes=60-', 'if-range': ETAG });
	});

	it('asks for nothing when it was dropped before it began', async () => {
		const { asked, get } = network(WHOLE);
		await expect(get(AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
		expect(asked).toEqual([]);
	});
});

describe('a silence', () => {
	beforeEach(() => void vi.useFakeTimers());

	/** Whether a transfer has ended, and how, after so long. */
	async function outcomeIn(milliseconds: number, transfer: Promise<ArrayBuffer>): Promise<string> {
		let outcome = 'under way';
		transfer.then(
			() => (outcome = 'done'),
			(error) => (outcome = error.reason),
		);
		await vi.advanceTimersByTimeAsync(milliseconds);
		return outcome;
	}

	it('of twelve seconds ends a transfer that nothing answers', async () => {
		const { get } = network(SILENCE);
		const transfer = get();
		expect(await outcomeIn(11_999, transfer)).toBe('under way');
		expect(await outcomeIn(1, transfer)).toBe('stalled');
	});

	it('ends one that stops in the middle, which goes on from there', async () => {
		const { asked, get } = network({ ...cutAt(50), ends: 'never' }, from(50));
		expect(await outcomeIn(12_000, get())).toBe('stalled');
		expect(await outcomeIn(0, get())).toBe('done');
		expect(asked[1]).toMatchObject({ range: 'bytes=50-' });
	});

	it('counts from the last byte: a slow line is none', async () => {
		let send: (part: Uint8Array) => void = () => {};
		const body = new ReadableStream({
			start(stream) {
				send = (part) => stream.enqueue(part);
			},
		});
		vi.stubGlobal('fetch', async () => new Response(body));
		const transfer = fetchFile({
			url: URL_OF_IT,
			sizeBytes: 100,
			signal: new AbortController().signal,
		});
		for (let first = 0; first < 90; first += 10) {
			expect(await outcomeIn(11_000, transfer)).toBe('under way');
			send(FILE.slice(first, first + 10));
		}
	});

	it('leaves no timer behind', async () => {
		await network(WHOLE).get();
		expect(vi.getTimerCount()).toBe(0);
	});
});

describe('an answer without the file', () => {
	it.each([
		[404, 'missing'],
		[410, 'missing'],
		[500, 'network'],
		[403, 'network'],
		[206, 'network'],
		[429, 'busy'],
		[503, 'busy'],
	])('%i is %s', async (status, reason) => {
		await expect(network({ status }).get()).rejects.toMatchObject({ reason });
	});

	it('says how long a busy server asks to be left alone, within five minutes', async () => {
		const busy = (after: string) => network({ status: 429, headers: { 'retry-after': after } });
		await expect(busy('7').get()).rejects.toMatchObject({ retryAfterMs: 7_000 });
		await expect(busy('86400').get()).rejects.toMatchObject({ retryAfterMs: 300_000 });
	});
});
