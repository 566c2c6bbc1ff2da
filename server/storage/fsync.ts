import { type FileHandle, open } from 'node:fs/promises';
import { UnavailableError } from '../errors.ts';

/**
 * The one way the disk store makes things durable. After a failed fsync the kernel may have dropped
 * the very pages it could not write, so a second fsync that succeeds proves nothing: from then on
 * everything is refused until the process starts anew, as PostgreSQL does.
 */
export class Fsync {
	#brokenBy: Error | undefined;

	/** Throws UnavailableError once any fsync has failed. */
	refuseWhenBroken(): void {
		if (!this.#brokenBy) return;
		throw new UnavailableError(
			`object store: the disk failed to keep a write (${this.#brokenBy.message}) — check it and restart`,
			{ cause: this.#brokenBy },
		);
	}

	async file(file: FileHandle): Promise<void> {
		this.refuseWhenBroken();
		try {
			await file.sync();
		} catch (error) {
			this.#brokenBy = error instanceof Error ? error : new Error(String(error));
			this.refuseWhenBroken();
		}
	}

	/** Makes the names inside a folder durable. */
	async folder(path: string): Promise<void> {
		const folder = await open(path, 'r');
		try {
			await this.file(folder);
		} finally {
			await folder.close();
		}
	}
}
