import type { SourceBytes } from '../intake/source-file.ts';
import { refuse } from '../refusal-error.ts';

const LF = 0x0a;
const CR = 0x0d;
const BACKSLASH = 0x5c;
const BLOCK_BYTES = 1 << 20;
/** No line of a scan is longer; a polygon of ten million corners may be. */
const MAX_LINE_BYTES = 1 << 27;

/**
 * A text file in blocks of whole lines, so that none of it stays in memory. Every block ends with a
 * line end, also the last; a line that a backslash continues is not cut. A block is valid until the
 * next one is asked for.
 */
export class LineBlocks {
	readonly #source: SourceBytes;
	readonly #name: string;
	#buffer = new Uint8Array(BLOCK_BYTES);
	/** Bytes behind the last block's end that belong to the next. */
	#from = 0;
	#to = 0;
	#leftBytes: number;

	/** Reads `sizeBytes` from `source`, without the first `skipBytes`. */
	constructor(source: SourceBytes, sizeBytes: number, name: string, skipBytes = 0) {
		this.#source = source;
		this.#name = name;
		this.#leftBytes = sizeBytes;
		for (let left = skipBytes; left > 0; ) {
			const read = source.read(this.#buffer.subarray(0, Math.min(left, BLOCK_BYTES)));
			if (read === 0) break;
			left -= read;
			this.#leftBytes -= read;
		}
	}

	/** Bytes of the file that no block has held yet. */
	get leftBytes(): number {
		return this.#leftBytes;
	}

	/** The next lines; undefined at the end of the file. */
	next(): Uint8Array | undefined {
		this.#buffer.copyWithin(0, this.#from, this.#to);
		this.#to -= this.#from;
		this.#from = 0;
		for (;;) {
			const read = this.#source.read(this.#buffer.subarray(this.#to, this.#buffer.length - 1));
			const searched = this.#to;
			this.#to += read;
			if (read === 0) return this.#last();
			const end = lastLineEnd(this.#buffer, searched, this.#to);
			if (end > 0) return this.#block(end);
			this.#grow();
		}
	}

	#block(end: number): Uint8Array {
		this.#from = end;
		this.#leftBytes -= end;
		return this.#buffer.subarray(0, end);
	}

	#last(): Uint8Array | undefined {
		if (this.#to === 0) return undefined;
		this.#leftBytes = 0;
		this.#buffer[this.#to] = LF;
		const block = this.#buffer.subarray(0, this.#to + 1);
		this.#from = this.#to;
		return block;
	}

	#grow(): void {
		if (this.#to < this.#buffer.length - 1) return;
		if (this.#buffer.length >= MAX_LINE_BYTES) {
			refuse('structure-invalid', `${this.#name} has a line without end — export it again`);
		}
		const larger = new Uint8Array(this.#buffer.length * 2);
		larger.set(this.#buffer);
		this.#buffer = larger;
	}
}

/** Behind the last line end between `from` and `to`; 0 when there is none. */
function lastLineEnd(buffer: Uint8Array, from: number, to: number): number {
	for (let at = to - 1; at >= from; at -= 1) {
		if (buffer[at] !== LF) continue;
		const before = buffer[at - 1] === CR ? buffer[at - 2] : buffer[at - 1];
		if (before !== BACKSLASH) return at + 1;
	}
	return 0;
}
