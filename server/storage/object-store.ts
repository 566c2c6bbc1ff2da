import type { Readable } from 'node:stream';

/** What a check of a signed address finds: `forbidden` is not of our making for this object. */
export type SignatureVerdict =
	| { verdict: 'ok'; fileName?: string }
	| { verdict: 'forbidden' }
	| { verdict: 'expired' };

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
 * Bytes that do not hash to the declared sha256 throw InvalidError; a full or broken disk or an
 * unreachable server throws UnavailableError.
 * `open` and `stat` of an unknown object: `open` throws NotFoundError, `stat` gives null.
 * A range that starts past the end throws OutOfRangeError.
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
	/**
	 * Checks a root-relative address of `signGet` by what stands behind its `?`. Stores whose
	 * addresses lead to another server always answer `forbidden`: that server checks them.
	 */
	verifySignedGet(sha256: string, query: URLSearchParams): SignatureVerdict;
	/** Hashes in ascending order, after `after` if given. */
	list(after?: string): AsyncIterable<string>;
	/** Removes an object; unknown ones are no error. Only the sweep of unreferenced objects calls this. */
	remove(sha256: string): Promise<void>;
	/** Throws UnavailableError, saying why, when objects cannot be written now. */
	checkWritable(): Promise<void>;
}
