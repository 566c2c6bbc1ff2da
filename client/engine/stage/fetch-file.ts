import { retryAfterMs } from '../../api/retry-after.ts';
import { LoadError } from './load-error.ts';
import type { PartialFiles } from './partial-files.ts';
import { SilenceLimit } from './silence-limit.ts';

export interface FetchFileOptions {
	/** Absolute. The bytes under it never change, as those of an asset: what is kept of it stays good. */
	url: string;
	/** The whole file's size, decoded. */
	sizeBytes: number;
	signal: AbortSignal;
	/** Told the share of the bytes that has arrived, 0 to 1, as they do. */
	onProgress?: ((share: number) => void) | undefined;
	/** Where what has arrived is kept when the transfer ends early. */
	partials?: PartialFiles | undefined;
}

/** A server that asks for more is asked again sooner all the same. */
const RETRY_AFTER_MAX_MS = 300_000;

/** A file as it arrives: `received` bytes of it are there. */
interface Arriving {
	readonly bytes: Uint8Array<ArrayBuffer>;
	received: number;
	etag: string | undefined;
}

/**
 * The tag to go on with. Only one of plain bytes will do: a part is always of those, and the tag of the
 * packed form would make the server send the whole. Without one the address alone vouches for the bytes.
 */
function plainTagOf({ headers }: Response): string | undefined {
	const etag = headers.get('etag');
	return etag?.startsWith('"') && !headers.has('content-encoding') ? etag : undefined;
}

/** Whether a part begins where we are and belongs to a file of our size, unpacked. */
function isNextPart({ headers }: Response, { received, bytes }: Arriving): boolean {
	const [, first, total] =
		/^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
	const isPlain = (headers.get('content-encoding') ?? 'identity') === 'identity';
	return isPlain && Number(first) === received && Number(total) === bytes.byteLength;
}

/** Begins at the first byte again. */
function startOver(file: Arriving, etag?: string): void {
	file.received = 0;
	file.etag = etag;
}

function refuse(response: Response, file: Arriving, url: string): LoadError {
	const { status } = response;
	const words = `fetch ${url}: it answered ${status}`;
	const waitMs = retryAfterMs(response, RETRY_AFTER_MAX_MS);
	if (waitMs !== undefined) return new LoadError('busy', words, waitMs);
	if (status !== 404 && status !== 410) return new LoadError('network', words);
	startOver(file);
	return new LoadError('missing', words);
}

/** Asks for what is not there yet, and for the whole when the answer does not fit what is. */
async function ask(file: Arriving, url: string, signal: AbortSignal): Promise<Response> {
	const headers = new Headers();
	const isPart = file.received > 0;
	if (isPart) headers.set('range', `bytes=${file.received}-`);
	if (isPart && file.etag !== undefined) headers.set('if-range', file.etag);
	const response = await fetch(url, { signal, headers });
	const { status } = response;
	if (isPart && (status === 416 || (status === 206 && !isNextPart(response, file)))) {
		startOver(file);
		await response.body?.cancel();
		return ask(file, url, signal);
	}
	if (!response.ok || (status === 206 && !isPart)) throw refuse(response, file, url);
	if (status !== 206) startOver(file, plainTagOf(response));
	return response;
}

/** Puts the body behind what is there, to its end. */
async function receive(
	file: Arriving,
	response: Response,
	{ url, onProgress }: FetchFileOptions,
	limit: SilenceLimit,
): Promise<void> {
	const sizeBytes = file.bytes.byteLength;
	const reader = response.body?.getReader();
	limit.heard();
	for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
		limit.heard();
		if (file.received + chunk.value.byteLength > sizeBytes) {
			startOver(file);
			throw new LoadError('cut', `fetch ${url}: it is longer than ${sizeBytes} bytes`);
		}
		file.bytes.set(chunk.value, file.received);
		file.received += chunk.value.byteLength;
		onProgress?.(file.received / sizeBytes);
	}
	if (file.received < sizeBytes) {
		throw new LoadError('cut', `fetch ${url}: it ended at ${file.received} of ${sizeBytes} bytes`);
	}
}

/** A buffer of the file's size with what is kept of it. */
function begin({ url, sizeBytes, partials }: FetchFileOptions): Arriving {
	const file: Arriving = { bytes: new Uint8Array(sizeBytes), received: 0, etag: undefined };
	const before = partials?.take(url);
	if (before === undefined || before.bytes.byteLength > sizeBytes) return file;
	file.bytes.set(before.bytes);
	return { ...file, received: before.bytes.byteLength, etag: before.etag };
}

/**
 * Fetches one file of a known size, going on where an earlier attempt ended. Throws `LoadError`, or the
 * signal's reason when it was aborted; after 12 s without a byte it gives up as `stalled`. What has
 * arrived by then is kept in `partials`.
 */
export async function fetchFile(options: FetchFileOptions): Promise<ArrayBuffer> {
	const { url, signal, partials } = options;
	signal.throwIfAborted();
	const file = begin(options);
	if (file.received === options.sizeBytes) return file.bytes.buffer;
	const limit = new SilenceLimit(signal);
	try {
		await receive(file, await ask(file, url, limit.signal), options, limit);
	} catch (error) {
		const isWhole = file.received === options.sizeBytes;
		// All of it came, only the end of the connection did not.
		if (isWhole && !signal.aborted) return file.bytes.buffer;
		if (file.received > 0) {
			partials?.keep(url, { bytes: file.bytes.subarray(0, file.received), etag: file.etag });
		}
		signal.throwIfAborted();
		if (error instanceof LoadError) throw error;
		throw new LoadError(limit.isSilent ? 'stalled' : 'network', `fetch ${url}: ${String(error)}`);
	} finally {
		limit.end();
	}
	return file.bytes.buffer;
}
