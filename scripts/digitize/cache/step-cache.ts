import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json } from './canonical-json.ts';
import { pipelineFingerprint } from './pipeline-fingerprint.ts';

const VALUE_FILE = 'value.json';

/** What a step gave: a value, and files in a folder that must not be changed. */
export interface StepResult<T> {
	/** Names what decided the result; part of the inputs of the steps that build on it. */
	key: string;
	value: T;
	/** The folder with the files that the step wrote. */
	dir: string;
}

/**
 * Remembers what steps gave, by everything that decides it: the step's name, its inputs and the
 * pipeline's own code. A run with one changed option then redoes only what depends on it, and a run
 * that was interrupted goes on where it was.
 */
export class StepCache {
	readonly #root: string;
	readonly #fingerprint: string;
	#temporary = 0;

	private constructor(root: string, fingerprint: string) {
		this.#root = root;
		this.#fingerprint = fingerprint;
	}

	/** Opens the cache in `root`, made if missing; several processes may share it. */
	static async open(root: string): Promise<StepCache> {
		await mkdir(root, { recursive: true });
		return new StepCache(root, await pipelineFingerprint());
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
		const temporary = join(this.#root, `.${process.pid}-${this.#temporary}-${key.slice(0, 12)}`);
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
