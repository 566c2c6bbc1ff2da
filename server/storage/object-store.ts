import type { Readable } from 'node:stream';

/** What is known of a stored object. `sha256` names its bytes and is its strong entity tag. */
export interface ObjectInfo {
	sha256: string;
	sizeBytes: number;
	modifiedAt: Date;
}

/** Bytes `start` to `end`, both counted from 0 and both included; an `end` past the object is clamped. */
export interface ByteRange {
	start: number;
	end?: number;
}

export interface PutOptions {
	/** Refuse, keeping nothing, unless the bytes hash to this. */
	sha256?: string;
	signal?: AbortSignal;
}

export interface SignOptions {
	/** Seconds from now until the address stops working. */
	expiresS: number;
	/** What a browser saves the object as. */
	fileName?: string;
}

/**
 * Where originals and derivatives live: content-addressed by SHA-256, write-once.
 *
 * `put` answers only when the bytes are durable (they survive a power cut), stores the same bytes
 * once however often and however concurrently they come, and leaves nothing behind when it fails.
 * `open` and `stat` of an unknown object: `open` throws NotFoundError, `stat` gives null.
 * The caller destroys what `open` gives; the store is released with `await using`.
 */
export interface ObjectStore extends AsyncDisposable {
	put(
		bytes: Uint8Array | AsyncIterable<Uint8Array>,
		options?: PutOptions,
	): Promise<{ sha256: string; sizeBytes: number; wasAbsent: boolean }>;
	stat(sha256: string): Promise<ObjectInfo | null>;
	open(sha256: string, range?: ByteRange): Promise<Readable>;
	/** An address that gives the bytes to whoever has it until it expires; absolute or root-relative. */
	signGet(sha256: string, options: SignOptions): Promise<string>;
	/** Hashes in ascending order, after `after` if given. */
	list(after?: string): AsyncIterable<string>;
	/** Removes an object; unknown ones are no error. Only the sweep of unreferenced objects calls this. */
	remove(sha256: string): Promise<void>;
	/** Throws UnavailableError, saying why, when objects cannot be written now. */
	checkWritable(): Promise<void>;
}
