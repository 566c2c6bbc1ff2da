import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json } from './canonical-json.ts';
import { pipelineFingerprint } from './pipeline-fingerprint.ts';
import { CACHE_BYTES, LIVE_PREFIX, MAKING_PREFIX, pruneCache } from './prune-cache.ts';

const VALUE_FILE = 'value.json';

/** What a step gave: a value, and files in a folder that must not be changed. */
export interface StepResult<T> {
	/** Names what decided the result; part of the inputs of the steps that build on it. */
	key: string;
	value: T;
	/** The folder with the files that the step wrote. */
	dir: string;
}

/** Numbers the caches that one process opens, so that each has a name of its own. */
let opened = 0;

/**
 * Remembers what steps gave, by everything that decides it: the step's name, its inputs and the
 * pipeline's own code. A run with one changed option then redoes only what depends on it, and a run
 * that was interrupted goes on where it was. Dispose of it when the run's files are in place: until
 * then nobody removes what it used; then the steps used longest ago go, down to `maxBytes`.
 */
export class StepCache implements AsyncDisposable {
	readonly #root: string;
	readonly #fingerprint: string;
	readonly #maxBytes: number;
	readonly #name: string;
	#temporary = 0;

	private constructor(root: string, fingerprint: string, maxBytes: number) {
		opened += 1;
		this.#root = root;
		this.#fingerprint = fingerprint;
		this.#maxBytes = maxBytes;
		this.#name = `${process.pid}-${opened}`;
	}

	/** Opens the cache in `root`, made if missing; several processes may share it. */
	static async open(root: string, maxBytes = CACHE_BYTES): Promise<StepCache> {
		await mkdir(root, { recursive: true });
		const cache = new StepCache(root, await pipelineFingerprint(), maxBytes);
		await writeFile(cache.#livePath(), '');
		return cache;
	}

	/**
	 * Gives the step's result, made now by `make` unless it is known. `make` writes its files into the
	 * given folder, which appears under the key only when it returns. `inputs` must hold all that
	 * decides the result: hashes of files, keys of earlier steps, options.
	 */
	async step<T extends Json>(
		name: string,
		inputs: Json,
		make: (dir: string) => Promise<T>,
	): Promise<StepResult<T>> {
		const key = createHash('sha256')
			.update(canonicalJson([this.#fingerprint, name, inputs]))
			.digest('hex');
		const dir = join(this.#root, `${name}-${key.slice(0, 40)}`);
		const known = await readValue<T>(dir);
		if (known !== undefined) return { key, value: known.value, dir };
		this.#temporary += 1;
		const temporary = join(this.#root, `${MAKING_PREFIX}${this.#name}-${this.#temporary}`);
		await mkdir(temporary);
		try {
			const value = await make(temporary);
			await writeFile(join(temporary, VALUE_FILE), JSON.stringify({ value }));
			await rename(temporary, dir).catch((error) => {
				// Another process was first: its result is the same.
				if (!existsSync(join(dir, VALUE_FILE))) throw error;
			});
			return { key, value, dir };
		} finally {
			await rm(temporary, { recursive: true, force: true });
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await rm(this.#livePath(), { force: true });
		// The whole cache may have gone with the folder it was kept in.
		if (existsSync(this.#root)) await pruneCache(this.#root, this.#maxBytes);
	}

	#livePath(): string {
		return join(this.#root, `${LIVE_PREFIX}${this.#name}`);
	}
}

/** The remembered value, marked as used just now. */
async function readValue<T>(dir: string): Promise<{ value: T } | undefined> {
	try {
		const text = await readFile(join(dir, VALUE_FILE), 'utf8');
		const now = new Date();
		await utimes(dir, now, now);
		return JSON.parse(text) as { value: T };
	} catch {
		return undefined;
	}
}
