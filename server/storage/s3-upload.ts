import { open } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Client } from 'minio';

/** One request, and one buffer in memory, carries at most this much. */
const PART_BYTES = 16 << 20;
/** S3 allows 10,000 parts; objects above 160 GB get larger ones. */
const PARTS_AT_MOST = 10_000;
const TRIES = 5;

/** Refuses to replace what is there: answered 412. */
const IF_ABSENT = { 'if-none-match': '*' };

export interface UploadTarget {
	client: Client;
	bucket: string;
	key: string;
}

async function readPart(path: string, start: number, length: number): Promise<Buffer> {
	await using file = await open(path, 'r');
	const part = Buffer.allocUnsafe(length);
	let filled = 0;
	while (filled < length) {
		const { bytesRead } = await file.read(part, filled, length - filled, start + filled);
		if (bytesRead === 0) throw new Error('put: the spooled file became shorter while it was sent');
		filled += bytesRead;
	}
	return part;
}

/**
 * As requests are signed (AWS Signature Version 4): all but letters, digits and -._~ in hexadecimal.
 * `URLSearchParams` also encodes the tilde, which Ceph puts into the names of its uploads.
 */
function encodeQuery(value: string): string {
	const code = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
	return encodeURIComponent(value).replace(/[!'()*]/g, code);
}

async function sendWhole(target: UploadTarget, bytes: Buffer): Promise<void> {
	await target.client.makeRequestAsyncOmit(
		{ method: 'PUT', bucketName: target.bucket, objectName: target.key, headers: { ...IF_ABSENT } },
		bytes,
		[200],
	);
}

/** Gives the part's tag as the server spells it; it is handed back unread. */
async function sendPart(target: UploadTarget, uploadId: string, number: number, bytes: Buffer) {
	const query = `partNumber=${number}&uploadId=${encodeQuery(uploadId)}`;
	const { headers } = await target.client.makeRequestAsyncOmit(
		{ method: 'PUT', bucketName: target.bucket, objectName: target.key, query },
		bytes,
		[200],
	);
	return `<Part><PartNumber>${number}</PartNumber><ETag>${headers.etag ?? ''}</ETag></Part>`;
}

async function complete(target: UploadTarget, uploadId: string, parts: string[]): Promise<void> {
	const response = await target.client.makeRequestAsync(
		{
			method: 'POST',
			bucketName: target.bucket,
			objectName: target.key,
			query: `uploadId=${encodeQuery(uploadId)}`,
			headers: { ...IF_ABSENT },
		},
		`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`,
		[200],
	);
	// S3 may answer 200 and then fail: the body tells.
	const answer = await text(response);
	const code = /<Error>.*?<Code>(\w+)<\/Code>/s.exec(answer)?.[1];
	if (code) throw Object.assign(new Error(`put: the object store answered ${code}`), { code });
}

/**
 * Sends parts one after another. The client's own `putObject` is not used for large objects: it
 * continues any unfinished upload of the same key, so that two puts at once would mix their parts,
 * and it cannot be told to refuse an existing object.
 */
async function sendParts(
	target: UploadTarget,
	path: string,
	sizeBytes: number,
	signal?: AbortSignal,
) {
	const { client, bucket, key } = target;
	const partBytes = Math.max(PART_BYTES, Math.ceil(sizeBytes / PARTS_AT_MOST));
	const uploadId = await client.initiateNewMultipartUpload(bucket, key, {});
	try {
		const parts: string[] = [];
		for (let start = 0; start < sizeBytes; start += partBytes) {
			signal?.throwIfAborted();
			const bytes = await readPart(path, start, Math.min(partBytes, sizeBytes - start));
			parts.push(await sendPart(target, uploadId, parts.length + 1, bytes));
		}
		await complete(target, uploadId, parts);
	} catch (error) {
		await client.abortMultipartUpload(bucket, key, uploadId).catch(() => {});
		throw error;
	}
}

/** The answers that say another put of this key won, or is about to. */
function isConflict(error: unknown): boolean {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return code === 'PreconditionFailed' || code === 'ConditionalRequestConflict';
}

/**
 * Puts the bytes (or the file of that path) under a key unless it is there already, and gives
 * whether it was absent. Memory stays at one part of 16 MB, whatever the size (160 GB and above: 1/10,000 of it).
 */
export async function uploadIfAbsent(
	target: UploadTarget,
	source: Buffer | { path: string; sizeBytes: number },
	signal?: AbortSignal,
): Promise<boolean> {
	for (let attempt = 1; ; attempt++) {
		try {
			if (Buffer.isBuffer(source)) await sendWhole(target, source);
			else if (source.sizeBytes > PART_BYTES) {
				await sendParts(target, source.path, source.sizeBytes, signal);
			} else await sendWhole(target, await readPart(source.path, 0, source.sizeBytes));
			return true;
		} catch (error) {
			if (!isConflict(error)) throw error;
			const isThere = await target.client.statObject(target.bucket, target.key).then(
				() => true,
				() => false,
			);
			if (isThere) return false;
			// The rival that made us fail has failed too: our turn again.
			if (attempt === TRIES) throw error;
		}
	}
}
