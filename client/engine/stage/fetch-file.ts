import type { PartialFile, PartialFiles } from './partial-files.ts';

/**
 * Why a file could not be had. `missing`: the store does not have it. `busy`: the server asks to come back later.
 * `stalled`: nothing arrived for too long. `cut`: its bytes were too few or too many.
 */
export type FetchFault = 'missing' | 'busy' | 'network' | 'stalled' | 'cut';

/** A file that could not be had. */
export class FetchError extends Error {
	override readonly name = 'FetchError';
	readonly reason: FetchFault;
	/** The server asked not to be asked again before this has passed, milliseconds. */
	readonly retryAfterMs: number | undefined;

	constructor(reason: FetchFault, message: string, retryAfterMs?: number) {
		super(message);
		this.reason = reason;
		this.retryAfterMs = retryAfterMs;
	}
}

export interface FetchFileOptions {
	/** Absolute, and of bytes that never change: what has arrived of them is gone on with. */
	url: string;
	/** What is promised, decoded. More or less than that is refused. */
	sizeBytes: number;
	signal: AbortSignal;
	/** Told the share of the bytes that has arrived, 0 to 1. */
	onProgress?: ((share: number) => void) | undefined;
	/** Where a broken transfer is kept. Without it each try begins at the first byte. */
	partials?: PartialFiles | undefined;
	/** Longest time without a byte, milliseconds. */
	silenceMs?: number | undefined;
}

/** A slow link lets something through every few seconds; one that is silent for longer is broken. */
const SILENCE_MS = 12_000;
/** A server that names a day has made a mistake. */
const LONGEST_WAIT_MS = 120_000;

/** Reads a Retry-After header, seconds or a date, as milliseconds from now; undefined where it says nothing. */
export function retryAfterMs(value: string | null, nowMs: number): number | undefined {
	if (value === null) return undefined;
	const seconds = Number(value);
	const waitMs = Number.isNaN(seconds) ? Date.parse(value) - nowMs : seconds * 1000;
	return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS);
}

/** Aborts when nothing has been heard for a while, or when the one who asked does. */
class Silence {
	/** AbortSignal.any would join the two, but phones that stopped at iOS 16 have none. */
	readonly #abort = new AbortController();
	readonly #outer: AbortSignal;
	readonly #limitMs: number;
	#timer: ReturnType<typeof setTimeout> | undefined;
	isBroken = false;

	constructor(outer: AbortSignal, limitMs: number) {
		this.#outer = outer;
		this.#limitMs = limitMs;
		outer.addEventListener('abort', this.#give, { once: true });
		this.heard();
	}

	get signal(): AbortSignal {
		return this.#abort.signal;
	}

	heard(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.isBroken = true;
			this.#give();
		}, this.#limitMs);
	}

	end(): void {
		clearTimeout(this.#timer);
		this.#outer.removeEventListener('abort', this.#give);
	}

	readonly #give = (): void => this.#abort.abort();
}

function refuse(url: string, response: Response): never {
	const { status, headers } = response;
	if (status === 404 || status === 410) {
		throw new FetchError('missing', `fetch ${url}: it is not there (${status})`);
	}
	const isBusy = status === 429 || status === 503;
	const waitMs = isBusy ? retryAfterMs(headers.get('Retry-After'), Date.now()) : undefined;
	throw new FetchError(isBusy ? 'busy' : 'network', `fetch ${url}: answer ${status}`, waitMs);
}

/** Where the bytes of an answer begin. Forgets what was kept when the answer begins at the first byte. */
function beginAt(url: string, response: Response, file: PartialFile): void {
	if (response.status !== 206) {
		file.received = 0;
		return;
	}
	const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '');
	const isOurs =
		Number(range?.[1]) === file.received && Number(range?.[2]) === file.bytes.byteLength;
	if (isOurs) return;
	file.received = 0;
	throw new FetchError('cut', `fetch ${url}: the answer is another part than was asked for`);
}

async function readInto(
	file: PartialFile,
	response: Response,
	silence: Silence,
	{ url, onProgress }: FetchFileOptions,
): Promise<void> {
	const { bytes } = file;
	const reader = response.body?.getReader();
	for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
		silence.heard();
		if (file.received + chunk.value.byteLength > bytes.byteLength) {
			file.received = 0;
			await reader?.cancel();
			throw new FetchError('cut', `fetch ${url}: longer than ${bytes.byteLength} bytes`);
		}
		bytes.set(chunk.value, file.received);
		file.received += chunk.value.byteLength;
		onProgress?.(file.received / bytes.byteLength);
	}
	if (file.received < bytes.byteLength) {
		throw new FetchError('cut', `fetch ${url}: ended at ${file.received} of ${bytes.byteLength}`);
	}
}

async function attempt(
	file: PartialFile,
	silence: Silence,
	options: FetchFileOptions,
): Promise<void> {
	const { url } = options;
	// A browser that asks for a part asks for it without an encoding: what is kept are the plain bytes.
	const headers = file.received > 0 ? { Range: `bytes=${file.received}-` } : {};
	const response = await fetch(url, { signal: silence.signal, headers });
	silence.heard();
	if (response.status === 416) {
		file.received = 0;
		throw new FetchError('cut', `fetch ${url}: it is shorter than what is kept of it`);
	}
	if (!response.ok) refuse(url, response);
	beginAt(url, response, file);
	await readInto(file, response, silence, options);
}

/**
 * Fetches a file of known size whole, going on from what an earlier try left. Throws `FetchError`, or the signal's
 * reason when it was aborted; what had arrived by then is kept in `partials`.
 */
export async function fetchFile(options: FetchFileOptions): Promise<ArrayBuffer> {
	const { url, sizeBytes, signal, partials } = options;
	signal.throwIfAborted();
	const file = partials?.take(url, sizeBytes) ?? { bytes: new Uint8Array(sizeBytes), received: 0 };
	const silence = new Silence(signal, options.silenceMs ?? SILENCE_MS);
	try {
		await attempt(file, silence, options);
		return file.bytes.buffer;
	} catch (error) {
		partials?.put(url, file);
		signal.throwIfAborted();
		if (silence.isBroken) throw new FetchError('stalled', `fetch ${url}: nothing arrived any more`);
		if (error instanceof FetchError) throw error;
		throw new FetchError('network', `fetch ${url}: ${String(error)}`);
	} finally {
		silence.end();
	}
}
