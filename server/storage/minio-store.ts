import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Client } from 'minio';
import { InvalidError, NotFoundError, StartError, UnavailableError } from '../errors.ts';
import { clampRange } from './byte-range.ts';
import { hashOfKey, KEY_PREFIX, objectKey } from './object-key.ts';
import type {
	ByteRange,
	ObjectInfo,
	ObjectStore,
	PutOptions,
	SignatureVerdict,
	SignOptions,
} from './object-store.ts';
import { uploadIfAbsent } from './s3-upload.ts';
import { checkDeclared, spool } from './spool.ts';
import { sweepForgotten, temporaryName } from './temporary-name.ts';

const GONE = new Set(['NotFound', 'NoSuchKey']);
const MADE_ALREADY = new Set(['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']);
const WRITE_PROBE_KEY = 'writable';

/** Where an S3-compatible store is, how to enter it, and where to spool bytes on their way to it. */
export interface MinioStoreOptions {
	endpoint: string;
	bucket: string;
	accessKey: string;
	secretKey: string;
	region: string;
	spoolDir: string;
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The server's own word for it, or the network's: never a key or a secret. */
function reason(error: unknown): string {
	if (codeOf(error)) return codeOf(error);
	return error instanceof Error ? error.message : String(error);
}

/**
 * Objects in a bucket of any S3-compatible server (MinIO, Ceph, AWS …), reached through the `minio`
 * client. Bytes are spooled to disk while they are hashed, since their key is their hash; they are
 * put only if absent, and in parts when large. The server's entity tags are never relied on: they
 * differ between servers and between whole and multipart objects; our tag is the SHA-256.
 */
export class MinioStore implements ObjectStore {
	readonly #client: Client;
	readonly #bucket: string;
	readonly #spoolDir: string;

	private constructor(client: Client, bucket: string, spoolDir: string) {
		this.#client = client;
		this.#bucket = bucket;
		this.#spoolDir = spoolDir;
	}

	/** Makes the bucket if it is missing. Throws StartError when the server cannot be used. */
	static async open(options: MinioStoreOptions): Promise<MinioStore> {
		const { endpoint, bucket, accessKey, secretKey, region, spoolDir } = options;
		const { protocol, hostname, port } = new URL(endpoint);
		const client = new Client({
			endPoint: hostname.replace(/^\[|\]$/g, ''),
			useSSL: protocol === 'https:',
			...(port ? { port: Number(port) } : {}),
			accessKey,
			secretKey,
			region,
		});
		try {
			if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket, region);
		} catch (error) {
			if (!MADE_ALREADY.has(codeOf(error))) {
				throw new StartError(
					`object store: ${endpoint} cannot be used with bucket ${bucket} (${reason(error)}) — check S3_* and that the server runs`,
					{ cause: error },
				);
			}
		}
		await mkdir(spoolDir, { recursive: true });
		await sweepForgotten(spoolDir);
		return new MinioStore(client, bucket, spoolDir);
	}

	async put(source: Uint8Array | AsyncIterable<Uint8Array>, options: PutOptions = {}) {
		options.signal?.throwIfAborted();
		if (source instanceof Uint8Array) return this.#putWhole(source, options);
		const path = join(this.#spoolDir, temporaryName());
		try {
			const spooled = await spool(path, source, options);
			const target = this.#target(spooled.sha256);
			const file = { path, sizeBytes: spooled.sizeBytes };
			const wasAbsent = await this.#asking(() => uploadIfAbsent(target, file, options.signal));
			return { ...spooled, wasAbsent };
		} finally {
			await rm(path, { force: true });
		}
	}

	async stat(sha256: string): Promise<ObjectInfo | null> {
		const key = objectKey(sha256);
		try {
			const found = await this.#asking(() => this.#client.statObject(this.#bucket, key));
			return { sha256, sizeBytes: found.size, modifiedAt: found.lastModified };
		} catch (error) {
			if (error instanceof NotFoundError) return null;
			throw error;
		}
	}

	async open(sha256: string, range?: ByteRange): Promise<Readable> {
		const key = objectKey(sha256);
		if (!range) return this.#asking(() => this.#client.getObject(this.#bucket, key));
		const found = await this.stat(sha256);
		if (!found) throw new NotFoundError(`open: there is no object ${sha256}`);
		const { start, end } = clampRange(range, found.sizeBytes);
		const length = end - start + 1;
		return this.#asking(() => this.#client.getPartialObject(this.#bucket, key, start, length));
	}

	async signGet(sha256: string, { expiresS, fileName }: SignOptions): Promise<string> {
		const shownAs = fileName && {
			'response-content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
		};
		const key = objectKey(sha256);
		return this.#client.presignedGetObject(this.#bucket, key, expiresS, shownAs || {});
	}

	/** The addresses lead to the S3 server, which checks them itself. */
	verifySignedGet(): SignatureVerdict {
		return { verdict: 'forbidden' };
	}

	async *list(after?: string): AsyncGenerator<string> {
		const start = after ? objectKey(after) : '';
		const found = this.#client.listObjectsV2(this.#bucket, KEY_PREFIX, true, start);
		for await (const item of found as AsyncIterable<{ name?: string }>) {
			const sha256 = hashOfKey(item.name ?? '');
			if (sha256) yield sha256;
		}
	}

	async remove(sha256: string): Promise<void> {
		const key = objectKey(sha256);
		await this.#asking(() => this.#client.removeObject(this.#bucket, key));
	}

	async checkWritable(): Promise<void> {
		await this.#asking(() =>
			this.#client.putObject(this.#bucket, WRITE_PROBE_KEY, Buffer.from('.')),
		);
	}

	async [Symbol.asyncDispose](): Promise<void> {}

	#target(sha256: string) {
		return { client: this.#client, bucket: this.#bucket, key: objectKey(sha256) };
	}

	async #putWhole(source: Uint8Array, options: PutOptions) {
		const sha256 = createHash('sha256').update(source).digest('hex');
		checkDeclared(sha256, options);
		const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
		const wasAbsent = await this.#asking(() => uploadIfAbsent(this.#target(sha256), bytes));
		return { sha256, sizeBytes: source.byteLength, wasAbsent };
	}

	/** Asks the server, and says what failed in the words every store uses. */
	async #asking<T>(ask: () => Promise<T>): Promise<T> {
		try {
			return await ask();
		} catch (error) {
			if (error instanceof InvalidError) throw error;
			if (error instanceof Error && error.name === 'AbortError') throw error;
			if (GONE.has(codeOf(error))) throw new NotFoundError('open: there is no such object');
			throw new UnavailableError(`object store: ${reason(error)}`, { cause: error });
		}
	}
}
