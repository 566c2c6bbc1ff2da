import { expect, it } from 'vitest';
import { PartialFiles } from '../../../../client/engine/stage/partial-files.ts';

const bytesOf = (length: number, fill = 1) => new Uint8Array(length).fill(fill);
const part = (length: number, fill = 1) => ({ bytes: bytesOf(length, fill), etag: undefined });

it('gives back what it keeps, once, whatever becomes of the buffer it came in', () => {
	const kept = new PartialFiles();
	const buffer = bytesOf(10, 7);
	kept.keep('/a', { bytes: buffer.subarray(0, 4), etag: '"x"' });
	buffer.fill(0);
	expect(kept.take('/a')).toEqual({ bytes: bytesOf(4, 7), etag: '"x"' });
	expect(kept.take('/a')).toBeUndefined();
	expect(kept.totalBytes).toBe(0);
});

it('lets go of what was kept longest ago when there is too much', () => {
	const kept = new PartialFiles(10);
	kept.keep('/a', part(4));
	kept.keep('/b', part(4));
	kept.keep('/a', part(5));
	kept.keep('/c', part(4));
	expect(kept.totalBytes).toBe(9);
	expect(kept.take('/b')).toBeUndefined();
	expect(kept.take('/a')?.bytes.byteLength).toBe(5);
	expect(kept.take('/c')?.bytes.byteLength).toBe(4);
});

it('keeps the beginning of a file that is too large for it', () => {
	const kept = new PartialFiles(10);
	kept.keep('/a', part(25));
	expect(kept.take('/a')?.bytes.byteLength).toBe(10);
});

it('keeps the longer of two transfers of one file', () => {
	const kept = new PartialFiles();
	kept.keep('/a', part(8, 1));
	kept.keep('/a', part(3, 2));
	expect(kept.take('/a')).toEqual(part(8, 1));
});
