import { crc32 } from 'node:zlib';

/** One file of a package. */
export interface ZipEntry {
	/** Plain ASCII. */
	name: string;
	bytes: Uint8Array;
}

/** USDZ: the data of every entry begins at a multiple of this many bytes. */
const ALIGNMENT = 64;
/** Identifies the extra field that makes room; readers skip what they do not know. */
const PADDING_ID = 0x1986;
const PADDING_HEAD = 4;
/** 1980-01-01, the earliest date a ZIP can state. */
const DATE = 0x21;
const VERSION = 20;

/**
 * A ZIP whose entries are stored and aligned, so that a reader can map them into memory as they are.
 * No dates: the same entries give the same bytes. Source: USDZ specification, "Layout"; PKWARE APPNOTE
 * 6.3.9. Rejected: yazl, which aligns nothing.
 */
export function zipStored(entries: ZipEntry[]): Buffer {
	const parts: Uint8Array[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, bytes } of entries) {
		const head = 30 + name.length;
		const gap = (ALIGNMENT - ((offset + head) % ALIGNMENT)) % ALIGNMENT;
		const padding = gap > 0 && gap < PADDING_HEAD ? gap + ALIGNMENT : gap;
		const common = commonFields(name, bytes);
		const local = Buffer.alloc(head + padding);
		local.writeUInt32LE(0x04034b50, 0);
		common.copy(local, 4);
		local.writeUInt16LE(padding, 28);
		local.write(name, 30, 'latin1');
		if (padding > 0) {
			local.writeUInt16LE(PADDING_ID, head);
			local.writeUInt16LE(padding - PADDING_HEAD, head + 2);
		}
		directory.push(directoryEntry(name, common, offset));
		parts.push(local, bytes);
		offset += local.length + bytes.length;
	}
	const index = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(index.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, index, end]);
}

/** What the local header and the directory state alike: version to name length. */
function commonFields(name: string, bytes: Uint8Array): Buffer {
	const fields = Buffer.alloc(24);
	fields.writeUInt16LE(VERSION, 0);
	fields.writeUInt16LE(DATE, 8);
	fields.writeUInt32LE(crc32(bytes), 10);
	fields.writeUInt32LE(bytes.length, 14);
	fields.writeUInt32LE(bytes.length, 18);
	fields.writeUInt16LE(name.length, 22);
	return fields;
}

function directoryEntry(name: string, common: Buffer, offset: number): Buffer {
	const entry = Buffer.alloc(46 + name.length);
	entry.writeUInt32LE(0x02014b50, 0);
	entry.writeUInt16LE(VERSION, 4);
	common.copy(entry, 6);
	entry.writeUInt32LE(offset, 42);
	entry.write(name, 46, 'latin1');
	return entry;
}
