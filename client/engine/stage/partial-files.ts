/** As far as a file has come: `bytes` is as large as the whole, filled up to `received`. */
export interface PartialFile {
	bytes: Uint8Array<ArrayBuffer>;
	received: number;
}

const KEPT_BYTES = 64 * 1_048_576;

/**
 * Keeps what has arrived of files whose transfer was broken off, by address, so that the next try goes on where the
 * last one ended. Bounded: what was put down longest ago goes first.
 */
export class PartialFiles {
	readonly #limitBytes: number;
	readonly #files = new Map<string, PartialFile>();
	#heldBytes = 0;

	constructor(limitBytes = KEPT_BYTES) {
		this.#limitBytes = limitBytes;
	}

	/** Takes a file out, or begins one of `sizeBytes`. One that has another size is forgotten. */
	take(url: string, sizeBytes: number): PartialFile {
		const kept = this.#files.get(url);
		this.#forget(url);
		if (kept?.bytes.byteLength === sizeBytes) return kept;
		return { bytes: new Uint8Array(sizeBytes), received: 0 };
	}

	/** Puts a file down again, if there is anything of it. */
	put(url: string, file: PartialFile): void {
		this.#forget(url);
		if (file.received === 0 || file.bytes.byteLength > this.#limitBytes) return;
		this.#files.set(url, file);
		this.#heldBytes += file.bytes.byteLength;
		for (const oldest of this.#files.keys()) {
			if (this.#heldBytes <= this.#limitBytes) return;
			this.#forget(oldest);
		}
	}

	clear(): void {
		this.#files.clear();
		this.#heldBytes = 0;
	}

	#forget(url: string): void {
		const kept = this.#files.get(url);
		if (kept === undefined) return;
		this.#files.delete(url);
		this.#heldBytes -= kept.bytes.byteLength;
	}
}
