import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { truncated } from '../limits.ts';
import { refuse } from '../refusal-error.ts';

/** Reads pieces of a file of any size, so that no reader needs it whole in memory. Dispose of it. */
export class RangeReader implements Disposable {
	/** The file's name, for refusals. */
	readonly name: string;
	readonly sizeBytes: number;
	readonly #descriptor: number;

	private constructor(name: string, descriptor: number) {
		this.name = name;
		this.#descriptor = descriptor;
		this.sizeBytes = fstatSync(descriptor).size;
	}

	/** Opens a source. Refuses with `file-unreadable`. */
	static open({ path, name }: { path: string; name: string }): RangeReader {
		try {
			return new RangeReader(name, openSync(path, 'r'));
		} catch {
			return refuse('file-unreadable', `${name} cannot be opened — check its name and your rights`);
		}
	}

	/**
	 * The bytes from `at` on, exactly `length` of them, in a buffer of their own. Refuses with
	 * `file-truncated` when the file ends before; nothing is allocated then.
	 */
	read(at: number, length: number): Buffer {
		const isInside = at >= 0 && length >= 0 && at + length <= this.sizeBytes;
		if (!isInside) truncated(this.name);
		const buffer = Buffer.allocUnsafe(length);
		let done = 0;
		while (done < length) {
			const count = readSync(this.#descriptor, buffer, done, length - done, at + done);
			if (count === 0) truncated(this.name);
			done += count;
		}
		return buffer;
	}

	[Symbol.dispose](): void {
		closeSync(this.#descriptor);
	}
}
