import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '../storage/object-store.ts';

const OBJECT_BYTES_MAX = 16 * 1024 * 1024;
const TOTAL_BYTES_MAX = 128 * 1024 * 1024;

/**
 * Small objects that were asked for lately, kept in memory: answering from there costs a quarter of
 * the processor time of a stream. The least recently used go first; one being loaded is loaded once.
 */
export class ObjectCache {
	readonly #store: ObjectStore;
	readonly #totalBytesMax: number;
	/** In the order of use, the latest last. */
	readonly #kept = new Map<string, Promise<Buffer>>();
	readonly #sizes = new Map<string, number>();
	#totalBytes = 0;

	constructor(store: ObjectStore, totalBytesMax = TOTAL_BYTES_MAX) {
		this.#store = store;
		this.#totalBytesMax = totalBytesMax;
	}

	/** The bytes of an object, or undefined when it is too big to be kept. Throws NotFoundError. */
	async get(sha256: string, sizeBytes: number): Promise<Buffer | undefined> {
		if (sizeBytes > Math.min(OBJECT_BYTES_MAX, this.#totalBytesMax)) return undefined;
		const kept = this.#kept.get(sha256);
		if (kept) {
			this.#kept.delete(sha256);
			this.#kept.set(sha256, kept);
			return kept;
		}
		const loading = this.#store.open(sha256).then(buffer);
		this.#keep(sha256, loading, sizeBytes);
		try {
			return await loading;
		} catch (error) {
			this.#drop(sha256);
			throw error;
		}
	}

	#keep(sha256: string, loading: Promise<Buffer>, sizeBytes: number): void {
		this.#kept.set(sha256, loading);
		this.#sizes.set(sha256, sizeBytes);
		this.#totalBytes += sizeBytes;
		for (const oldest of this.#kept.keys()) {
			if (this.#totalBytes <= this.#totalBytesMax) break;
			this.#drop(oldest);
		}
	}

	#drop(sha256: string): void {
		if (!this.#kept.delete(sha256)) return;
		this.#totalBytes -= this.#sizes.get(sha256) ?? 0;
		this.#sizes.delete(sha256);
	}
}
