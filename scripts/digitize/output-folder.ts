import { access, copyFile, link, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { isRunning } from './running-process.ts';

const TEMPORARY = '.digitize-';
const REPLACED = '-old';
const SCRATCH = '-scratch';

/** Everything a run may leave in a folder; a folder with other things in it is never replaced. */
const OURS =
	/^(?:(?:thumb|low|mid|high)(?:\.ktx2)?\.(?:glb|spz|sog)(?:\.br)?|(?:poster|turntable|card-\d+)\.webp|(?:report|manifest|provenance)\.json|sha256sums\.txt|model\.usdz|master\.tif|sound\.(?:opus|m4a)|captions-[\w-]+\.vtt|tiles|iiif|faces|hls|bag)$/;
/** How many files are flushed side by side. */
const FLUSHES = 16;

/** The output folder holds files that are not ours. */
export class ForeignFolderError extends Error {
	override readonly name = 'ForeignFolderError';
}

/**
 * A folder that appears whole or not at all: files are written beside it, flushed to the disk, and
 * moved into place in one step. Dispose of it to remove whatever was not moved.
 */
export class OutputFolder implements AsyncDisposable {
	readonly #target: string;
	readonly #temporary: string;
	readonly #scratch: string;
	readonly #made: string | undefined;

	private constructor(target: string, temporary: string, made: string | undefined) {
		this.#target = target;
		this.#temporary = temporary;
		this.#scratch = `${temporary}${SCRATCH}`;
		this.#made = made;
	}

	/** Prepares to write `target` (absolute). Throws `ForeignFolderError` when it is somebody else's. */
	static async open(target: string): Promise<OutputFolder> {
		await assertOurs(target);
		const parent = dirname(target);
		const made = await mkdir(parent, { recursive: true });
		const prefix = `.${basename(target)}${TEMPORARY}`;
		await clearAbandoned(parent, prefix, target);
		const temporary = join(parent, `${prefix}${process.pid}`);
		await mkdir(temporary);
		return new OutputFolder(target, temporary, made);
	}

	/**
	 * Removes what a process that was killed left beside `target`, and the empty folders on the way to
	 * it from `made` on, as if it had never run.
	 */
	static async sweep(target: string, made: string | undefined): Promise<void> {
		const parent = dirname(target);
		if (!(await exists(parent))) return;
		await clearAbandoned(parent, `.${basename(target)}${TEMPORARY}`, target);
		if (made !== undefined) await removeEmpty(parent, made);
	}

	/** Writes one file; a slash in its name makes a folder. */
	async write(name: string, bytes: Uint8Array): Promise<void> {
		await using handle = await open(await this.path(name), 'wx');
		await handle.writeFile(bytes);
	}

	/** Takes over a finished file, or a whole folder, without copying its bytes where that can be had. */
	async adopt(from: string, name: string): Promise<void> {
		const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => null);
		if (entries === null) return await linkOrCopy(from, await this.path(name));
		for (const entry of entries.filter((e) => e.isFile())) {
			const path = join(entry.parentPath, entry.name);
			await linkOrCopy(path, await this.path(join(name, relative(from, path))));
		}
	}

	/** Where a file of this name belongs, for programs that write it themselves. */
	async path(name: string): Promise<string> {
		const path = join(this.#temporary, name);
		await mkdir(dirname(path), { recursive: true });
		return path;
	}

	/** A folder for what is needed on the way only; it goes when this is disposed of. */
	scratch(name: string): string {
		return join(this.#scratch, name);
	}

	/** Flushes everything and moves it into place, replacing what an earlier run left there. */
	async commit(): Promise<void> {
		await syncTree(this.#temporary);
		const old = `${this.#temporary}${REPLACED}`;
		const hadOld = await rename(this.#target, old).then(
			() => true,
			() => false,
		);
		try {
			await rename(this.#temporary, this.#target);
		} catch (error) {
			if (hadOld) await rename(old, this.#target);
			throw error;
		}
		await syncFolder(dirname(this.#target));
		if (hadOld) await rm(old, { recursive: true, force: true });
		await rm(this.#scratch, { recursive: true, force: true });
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await rm(this.#temporary, { recursive: true, force: true });
		await rm(this.#scratch, { recursive: true, force: true });
		if (this.#made !== undefined) await removeEmpty(dirname(this.#target), this.#made);
	}
}

async function assertOurs(target: string): Promise<void> {
	const names = await readdir(target).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw new ForeignFolderError(`--out: ${target} is not a folder we can use`);
	});
	const foreign = names.find((name) => !OURS.test(name));
	if (foreign === undefined) return;
	throw new ForeignFolderError(
		`--out: ${target} holds ${foreign}, which is not ours — name a new or empty folder`,
	);
}

/**
 * Removes the temporary folders of processes that no longer run, which a lost machine leaves. An
 * earlier result caught between two renames is put back first.
 */
async function clearAbandoned(parent: string, prefix: string, target: string): Promise<void> {
	for (const name of await readdir(parent)) {
		const pid = Number.parseInt(name.slice(prefix.length), 10);
		if (!name.startsWith(prefix) || (pid !== process.pid && isRunning(pid))) continue;
		const path = join(parent, name);
		if (name.endsWith(REPLACED) && !(await exists(target))) await rename(path, target);
		else await rm(path, { recursive: true, force: true });
	}
}

async function exists(path: string): Promise<boolean> {
	return await access(path).then(
		() => true,
		() => false,
	);
}

/** Removes the folders made on the way to a target that never came, from the inside out. */
async function removeEmpty(from: string, made: string): Promise<void> {
	for (let folder = from; folder.length >= made.length; folder = dirname(folder)) {
		const isRemoved = await rmdir(folder).then(
			() => true,
			() => false,
		);
		if (!isRemoved) return;
	}
}

async function linkOrCopy(from: string, to: string): Promise<void> {
	await link(from, to).catch(() => copyFile(from, to));
}

/** Flushes every file below a folder, then the folders, so that what is moved into place is whole. */
async function syncTree(root: string): Promise<void> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const paths = entries.map((entry) => join(entry.parentPath, entry.name));
	const waiting = paths.values();
	const flush = async () => {
		for (const path of waiting) await syncFolder(path);
	};
	await Promise.all(Array.from({ length: FLUSHES }, flush));
	await syncFolder(root);
}

async function syncFolder(path: string): Promise<void> {
	await using handle = await open(path, 'r');
	await handle.sync();
}
