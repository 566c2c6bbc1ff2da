/** The first bytes of a file. */
export interface PartialFile {
	bytes: Uint8Array;
	/** Strong entity tag of exactly these bytes, if the server gave one. */
	etag: string | undefined;
}

const TOTAL_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Keeps what had arrived of transfers that broke off or were dropped, by address, so that the next
 * attempt goes on where the last one ended. Bounded in bytes; what was kept longest ago goes first.
 */
export class PartialFiles {
	readonly #totalBytesMax: number;
	/** The latest last. */
	readonly #files = new Map<string, PartialFile>();
	#totalBytes = 0;

	constructor(totalBytesMax = TOTAL_BYTES_MAX) {
		this.#totalBytesMax = totalBytesMax;
	}

	get totalBytes(): number {
		return this.#totalBytes;
	}

	/** Gives what is kept of a file and lets go of it: whoever takes it keeps it again if need be. */
	take(url: string): PartialFile | undefined {
		const file = this.#files.get(url);
		if (file === undefined) return undefined;
		this.#files.delete(url);
		this.#totalBytes -= file.bytes.byteLength;
		return file;
	}

	/** Keeps a copy; of a file larger than all there is room for, its beginning. */
	keep(url: string, { bytes, etag }: PartialFile): void {
		if ((this.#files.get(url)?.bytes.byteLength ?? 0) >= bytes.byteLength) return;
		this.take(url);
		const kept = bytes.slice(0, this.#totalBytesMax);
		this.#files.set(url, { bytes: kept, etag });
		this.#totalBytes += kept.byteLength;
		for (const oldest of this.#files.keys()) {
			if (this.#totalBytes <= this.#totalBytesMax) break;
			this.take(oldest);
		}
	}

	clear(): void {
		this.#files.clear();
		this.#totalBytes = 0;
	}
}
