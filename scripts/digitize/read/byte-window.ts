import type { SourceBytes } from '../intake/source-file.ts';

const WINDOW_BYTES = 1 << 20;

/**
 * A piece of a binary file that moves forward: what is read from `view` at `at` goes when more is
 * wanted. One megabyte, whatever the file's size.
 */
export class ByteWindow {
	readonly #source: SourceBytes;
	readonly #buffer = new Uint8Array(WINDOW_BYTES);
	readonly view = new DataView(this.#buffer.buffer);
	/** The next byte to read, and the end of what is there. */
	at = 0;
	end = 0;
	/** Bytes of the file behind `end`. */
	#behind: number;

	/** Looks at `sizeBytes` of `source`, without the first `skipBytes`. */
	constructor(source: SourceBytes, sizeBytes: number, skipBytes = 0) {
		this.#source = source;
		this.#behind = sizeBytes;
		let left = skipBytes;
		while (left > 0 && this.has(1)) {
			const skipped = Math.min(this.end - this.at, left);
			this.at += skipped;
			left -= skipped;
		}
	}

	/** How many bytes of the file are left. */
	get leftBytes(): number {
		return this.end - this.at + this.#behind;
	}

	/** True when so many bytes, at most a megabyte, can be read at `at`, which this may move. */
	has(bytes: number): boolean {
		return this.end - this.at >= bytes || this.#fill(bytes);
	}

	#fill(bytes: number): boolean {
		this.#buffer.copyWithin(0, this.at, this.end);
		this.end -= this.at;
		this.at = 0;
		const read = this.#source.read(this.#buffer.subarray(this.end));
		this.end += read;
		this.#behind -= read;
		return this.end >= bytes;
	}
}
