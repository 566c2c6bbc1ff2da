import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { NotFoundError } from '../errors.ts';
import { clampRange } from './byte-range.ts';
import { objectKey } from './object-key.ts';
import type {
	ByteRange,
	ObjectInfo,
	ObjectStore,
	PutOptions,
	SignatureVerdict,
	SignOptions,
} from './object-store.ts';
import { signAddress, verifyAddress } from './signed-address.ts';
import { sourceChunks } from './source-chunks.ts';
import { checkDeclared } from './spool.ts';

/** Objects in memory, gone with the process: for tests. */
export class MemoryStore implements ObjectStore {
	readonly #objects = new Map<string, { bytes: Buffer; modifiedAt: Date }>();
	readonly #secret = randomBytes(32);

	async put(source: Uint8Array | AsyncIterable<Uint8Array>, options: PutOptions = {}) {
		const chunks: Uint8Array[] = [];
		for await (const chunk of sourceChunks(source, options.signal)) chunks.push(chunk);
		const bytes = Buffer.concat(chunks);
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		checkDeclared(sha256, options);
		const wasAbsent = !this.#objects.has(sha256);
		if (wasAbsent) this.#objects.set(sha256, { bytes, modifiedAt: new Date() });
		return { sha256, sizeBytes: bytes.byteLength, wasAbsent };
	}

	async stat(sha256: string): Promise<ObjectInfo | null> {
		objectKey(sha256);
		const object = this.#objects.get(sha256);
		if (!object) return null;
		return { sha256, sizeBytes: object.bytes.byteLength, modifiedAt: object.modifiedAt };
	}

	async open(sha256: string, range?: ByteRange): Promise<Readable> {
		objectKey(sha256);
		const bytes = this.#objects.get(sha256)?.bytes;
		if (!bytes) throw new NotFoundError(`open: there is no object ${sha256}`);
		if (!range) return Readable.from([bytes], { objectMode: false });
		const { start, end } = clampRange(range, bytes.byteLength);
		return Readable.from([bytes.subarray(start, end + 1)], { objectMode: false });
	}

	async signGet(sha256: string, options: SignOptions): Promise<string> {
		return signAddress(this.#secret, sha256, options);
	}

	verifySignedGet(sha256: string, query: URLSearchParams): SignatureVerdict {
		return verifyAddress(this.#secret, sha256, query);
	}

	async *list(after = ''): AsyncGenerator<string> {
		for (const sha256 of [...this.#objects.keys()].sort()) if (sha256 > after) yield sha256;
	}

	async remove(sha256: string): Promise<void> {
		objectKey(sha256);
		this.#objects.delete(sha256);
	}

	async checkWritable(): Promise<void> {}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#objects.clear();
	}
}
