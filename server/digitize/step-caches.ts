import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the folder of a server that shares it with none. */
export const CACHE_FOLDER = 'cache';
const TOTAL_BYTES_MAX = 4 * 1024 ** 3;

/**
 * What the pipeline remembers between runs on the same scan, one folder an asset, so that a job tried
 * again goes on and a second pass makes only what is new. Nothing depends on it: what is lost is made
 * again. Together they take 4 GB at most; those unused for longest go first.
 *
 * Servers of one machine may share the folder: the second to make an asset then finds every step of
 * the first. A shared one forgets nothing until it is full.
 */
export class StepCaches {
	readonly #root: string;
	readonly #totalBytesMax: number;
	readonly #sharedBusyMs: number | undefined;
	/** How many jobs of this process work in each. */
	readonly #inUse = new Map<string, number>();

	/** `root`: absolute, made if missing. `sharedBusyMs`: others use it too, each for no longer than this at a time. */
	constructor(root: string, options: { totalBytesMax?: number; sharedBusyMs?: number } = {}) {
		this.#root = root;
		this.#totalBytesMax = options.totalBytesMax ?? TOTAL_BYTES_MAX;
		this.#sharedBusyMs = options.sharedBusyMs;
	}

	/** Does `work` with the folder of an asset, which nothing removes meanwhile. */
	async use<T>(asset: string, work: (dir: string) => Promise<T>): Promise<T> {
		const dir = join(this.#root, asset);
		this.#inUse.set(asset, (this.#inUse.get(asset) ?? 0) + 1);
		try {
			await mkdir(dir, { recursive: true });
			const now = new Date();
			await utimes(dir, now, now);
			return await work(dir);
		} finally {
			const left = (this.#inUse.get(asset) ?? 1) - 1;
			if (left > 0) this.#inUse.set(asset, left);
			else this.#inUse.delete(asset);
			await this.#bound();
		}
	}

	/** Forgets an asset that needs no further run here; where others may still want it, nothing happens. */
	async drop(asset: string): Promise<void> {
		if (this.#sharedBusyMs === undefined) await this.#remove(asset);
	}

	async #remove(asset: string): Promise<void> {
		if (this.#inUse.has(asset)) return;
		await rm(join(this.#root, asset), { recursive: true, force: true });
	}

	#isBusyElsewhere(usedMs: number): boolean {
		return this.#sharedBusyMs !== undefined && Date.now() - usedMs < this.#sharedBusyMs;
	}

	async #bound(): Promise<void> {
		const kept = await Promise.all(
			(await readdir(this.#root)).map(async (asset) => {
				const dir = join(this.#root, asset);
				return { asset, ...(await measure(dir)) };
			}),
		);
		let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
		for (const { asset, bytes, usedMs } of kept.sort((a, b) => a.usedMs - b.usedMs)) {
			if (total <= this.#totalBytesMax) return;
			if (this.#inUse.has(asset) || this.#isBusyElsewhere(usedMs)) continue;
			await this.#remove(asset);
			total -= bytes;
		}
	}
}

/** Size and last use of a folder; another job may be removing it. */
async function measure(dir: string): Promise<{ bytes: number; usedMs: number }> {
	try {
		const { mtimeMs: usedMs } = await stat(dir);
		let bytes = 0;
		for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
			if (!entry.isFile()) continue;
			bytes += (await stat(join(entry.parentPath, entry.name))).size;
		}
		return { bytes, usedMs };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { bytes: 0, usedMs: 0 };
		throw error;
	}
}
