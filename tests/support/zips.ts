import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { ZipFile } from 'yazl';

/** One entry of a ZIP for tests, with whatever lies it should tell. */
export interface ZipEntry {
	name: string | Uint8Array;
	bytes: Uint8Array | string;
	/** Overrides what the headers say. */
	sizeBytes?: number;
	checksum?: number;
	flags?: number;
	/** Unix mode; 0o120777 is a symbolic link. */
	mode?: number;
	isStored?: boolean;
	/** Pads the entry so that its data lie on multiples of this. */
	alignment?: number;
}

/** A ZIP as a file manager makes it. */
export async function aZip(files: Record<string, Uint8Array | string>): Promise<Buffer> {
	const zip = new ZipFile();
	for (const [name, bytes] of Object.entries(files)) {
		zip.addBuffer(Buffer.from(bytes), name, { mtime: new Date(0) });
	}
	zip.end();
	return await buffer(zip.outputStream);
}

/** A ZIP written byte by byte, so that its headers can lie. */
export function aForgedZip(entries: ZipEntry[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const entry of entries) {
		const name = Buffer.from(entry.name);
		const raw = Buffer.from(entry.bytes);
		const packed = entry.isStored === true ? raw : deflateRawSync(raw, { level: 9 });
		const extra = padding(at + 30 + name.length, entry.alignment);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(entry.flags ?? 0, 2);
		fields.writeUInt16LE(entry.isStored === true ? 0 : 8, 4);
		fields.writeUInt32LE(entry.checksum ?? crc32(raw), 10);
		fields.writeUInt32LE(packed.length, 14);
		fields.writeUInt32LE(entry.sizeBytes ?? raw.length, 18);
		fields.writeUInt16LE(name.length, 22);
		fields.writeUInt16LE(extra.length, 24);
		directory.push(directoryEntry(fields, name, at, entry.mode ?? 0));
		const local = [Buffer.from('PK\u0003\u0004', 'latin1'), fields, name, extra, packed];
		parts.push(...local);
		at += local.reduce((sum, part) => sum + part.length, 0);
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\u0005\u0006', 0, 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...parts, listed, end]);
}

function directoryEntry(fields: Buffer, name: Buffer, at: number, mode: number): Buffer {
	const head = Buffer.alloc(46);
	head.write('PK\u0001\u0002', 0, 'latin1');
	head.writeUInt16LE((3 << 8) | 20, 4);
	fields.copy(head, 6);
	head.writeUInt16LE(0, 30);
	head.writeUInt32LE((mode << 16) >>> 0, 38);
	head.writeUInt32LE(at, 42);
	return Buffer.concat([head, name]);
}

function padding(dataAt: number, alignment: number | undefined): Buffer {
	if (alignment === undefined) return Buffer.alloc(0);
	const extra = Buffer.alloc(4 + ((alignment - ((dataAt + 4) % alignment)) % alignment));
	extra.writeUInt16LE(0x1986, 0);
	extra.writeUInt16LE(extra.length - 4, 2);
	return extra;
}

/** A USDZ that keeps the rules: stored, aligned, its layer first. */
export function aUsdz(alignment = 64): Buffer {
	return aForgedZip([
		{ name: 'scene.usda', bytes: '#usda 1.0\n', isStored: true, alignment },
		{ name: 'colour.png', bytes: 'pixels', isStored: true, alignment },
	]);
}
