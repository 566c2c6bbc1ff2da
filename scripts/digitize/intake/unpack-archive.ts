import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { truncated } from '../limits.ts';
import { RefusalError, refuse } from '../refusal-error.ts';
import { decodeText } from './decode-text.ts';
import { isBeside, type PackageLimits } from './package-files.ts';
import { quoteForeign } from './quote-foreign.ts';

const IS_UTF8 = 0x800;
const UNICODE_PATH = 0x7075;
const METHODS = [0, 8];
const TYPE_MASK = 0xf000;
/** Nothing said, a folder, a plain file; links and devices are none of a scan's business. */
const PLAIN_TYPES = [0, 0x4000, 0x8000];
/** So small files do no harm, however well they pack. Text of a scan packs 3 to 30 times. */
const SMALL_BYTES = 1024 * 1024;
const MAX_NAME_BYTES = 240;
const MAX_PATH_BYTES = 1000;

/** A plain file in an archive. */
interface Packed {
	path: string;
	entry: Entry;
}

/**
 * Unpacks a ZIP into `to`, a folder that does not exist yet. Every entry is judged before the first is
 * unpacked, and its bytes are counted while they come, since a header can say anything. Hidden files
 * and archives within are left out. Names without a stated encoding are read as UTF-8 or GB18030.
 *
 * Refuses with `archive-unsafe`: too many entries or bytes, a ratio beyond belief, entries that share
 * bytes, paths that leave the folder, links, names twice, encryption, unknown methods, wrong checksums;
 * with `file-truncated` an archive without its end.
 */
export async function unpackArchive(
	path: string,
	to: string,
	name: string,
	limits: PackageLimits,
	signal?: AbortSignal,
): Promise<void> {
	const zip = await openZip(path, name);
	try {
		if (zip.entryCount > limits.entries) {
			unsafe(
				name,
				`has more than ${limits.entries} entries`,
				'pack only the scan and its textures',
			);
		}
		const packed = await judgedEntries(zip, name, limits);
		await mkdir(to, { recursive: true });
		const budget = { leftBytes: limits.totalBytes };
		for (const one of packed.filter((p) => !isBeside(p.path))) {
			await unpackOne(zip, one, to, name, limits, budget, signal);
		}
	} catch (error) {
		if (error instanceof RefusalError || signal?.aborted) throw error;
		damaged(name);
	} finally {
		zip.close();
	}
}

async function openZip(path: string, name: string): Promise<ZipFile> {
	try {
		return await openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false });
	} catch (error) {
		const isCut = error instanceof Error && /end of central directory/i.test(error.message);
		return isCut ? truncated(name) : damaged(name);
	}
}

async function judgedEntries(zip: ZipFile, name: string, limits: PackageLimits): Promise<Packed[]> {
	const packed: Packed[] = [];
	let packedBytes = 0;
	let bytes = 0;
	for await (const entry of zip.eachEntry()) {
		const path = nameOf(entry);
		judgePath(path, name);
		judgeEntry(entry, path, name, limits);
		packedBytes += entry.compressedSize;
		bytes += entry.uncompressedSize;
		if (!path.endsWith('/')) packed.push({ path, entry });
	}
	if (packedBytes > zip.fileSize) unsafe(name, 'holds entries that share bytes', 'pack it anew');
	if (bytes > limits.totalBytes) tooLarge(name, limits);
	judgeNames(packed, name);
	return packed;
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
	const isStated =
		(generalPurposeBitFlag & IS_UTF8) !== 0 || extraFields.some((f) => f.id === UNICODE_PATH);
	const name = isStated
		? getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
		: decodeText(fileNameRaw);
	return name.replaceAll('\\', '/');
}

function judgePath(path: string, name: string): void {
	const parts = path.replace(/\/$/, '').split('/');
	const leaves = /^\/|^[a-z]:/i.test(path) || parts.includes('..');
	if (leaves) {
		unsafe(name, `has an entry that leaves its folder (${quoteForeign(path)})`, 'pack it anew');
	}
	const isOdd = /\p{Cc}/u.test(path) || parts.some((p) => p === '' || p === '.');
	const isLong = Buffer.byteLength(path) > MAX_PATH_BYTES;
	if (isOdd || isLong || parts.some((p) => Buffer.byteLength(p) > MAX_NAME_BYTES)) {
		unsafe(name, `has an entry with an impossible name (${quoteForeign(path)})`, 'rename it');
	}
}

function judgeEntry(entry: Entry, path: string, name: string, limits: PackageLimits): void {
	if (entry.isEncrypted()) unsafe(name, 'is locked with a password', 'pack it without one');
	const type = (entry.externalFileAttributes >>> 16) & TYPE_MASK;
	if (!PLAIN_TYPES.includes(type)) {
		unsafe(name, `holds a link (${quoteForeign(path)})`, 'pack the file itself');
	}
	if (!METHODS.includes(entry.compressionMethod)) {
		unsafe(name, 'is packed in a way we do not know', 'pack it as a plain ZIP');
	}
	judgeRatio(entry.uncompressedSize, entry.compressedSize, name, limits);
}

function judgeRatio(bytes: number, packedBytes: number, name: string, limits: PackageLimits): void {
	if (bytes <= SMALL_BYTES || bytes <= packedBytes * limits.ratio) return;
	unsafe(name, `unpacks to over ${limits.ratio} times its size`, 'pack the scan itself');
}

/** No path twice, whatever its case and composition, and no file where another needs a folder. */
function judgeNames(packed: Packed[], name: string): void {
	const paths = new Set<string>();
	for (const { path } of packed) {
		const key = path.normalize('NFC').toLowerCase();
		if (paths.has(key)) unsafe(name, `holds ${quoteForeign(path)} twice`, 'rename one of them');
		paths.add(key);
	}
	for (const path of paths) {
		for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
			if (paths.has(path.slice(0, at))) damaged(name);
		}
	}
}

async function unpackOne(
	zip: ZipFile,
	{ entry, path }: Packed,
	to: string,
	name: string,
	limits: PackageLimits,
	budget: { leftBytes: number },
	signal?: AbortSignal,
): Promise<void> {
	let bytes = 0;
	let checksum = 0;
	const meter = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length;
			budget.leftBytes -= chunk.length;
			checksum = crc32(chunk, checksum);
			try {
				if (budget.leftBytes < 0) tooLarge(name, limits);
				judgeRatio(bytes, entry.compressedSize, name, limits);
				done(null, chunk);
			} catch (error) {
				done(error instanceof Error ? error : null);
			}
		},
	});
	const target = join(to, path);
	await mkdir(dirname(target), { recursive: true });
	const file = createWriteStream(target, { flags: 'wx', mode: 0o600 });
	await pipeline(await zip.openReadStreamPromise(entry), meter, file, { signal });
	if (bytes !== entry.uncompressedSize || checksum !== entry.crc32) damaged(name);
}

function tooLarge(name: string, { totalBytes }: PackageLimits): never {
	const gigabytes = Math.round(totalBytes / 1024 ** 3);
	return unsafe(
		name,
		`unpacks to more than ${gigabytes} GB`,
		'leave out what is no part of the scan',
	);
}

function damaged(name: string): never {
	return unsafe(name, 'is damaged', 'copy it again, or pack it anew');
}

function unsafe(name: string, what: string, remedy: string): never {
	return refuse('archive-unsafe', `${name} ${what} — ${remedy}`);
}
