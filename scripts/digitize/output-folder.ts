import { access, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const TEMPORARY = '.digitize-';
const REPLACED = '-old';

/** Everything a run may leave in a folder; a folder with other things in it is never replaced. */
const OURS = /^(?:(?:thumb|low|mid|high)\.glb(?:\.br)?|poster\.webp|report\.json|manifest\.json)$/;

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
	readonly #made: string | undefined;

	private constructor(target: string, temporary: string, made: string | undefined) {
		this.#target = target;
		this.#temporary = temporary;
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

	/** Writes one file and flushes it. */
	async write(name: string, bytes: Uint8Array): Promise<void> {
		await using handle = await open(join(this.#temporary, name), 'wx');
		await handle.writeFile(bytes);
		await handle.sync();
	}

	/** Moves everything into place, replacing what an earlier run left there. */
	async commit(): Promise<void> {
		await syncFolder(this.#temporary);
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
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await rm(this.#temporary, { recursive: true, force: true });
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
		if (!name.startsWith(prefix) || isRunning(pid)) continue;
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

function isRunning(pid: number): boolean {
	if (pid === process.pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
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

async function syncFolder(path: string): Promise<void> {
	await using handle = await open(path, 'r');
	await handle.sync();
}
