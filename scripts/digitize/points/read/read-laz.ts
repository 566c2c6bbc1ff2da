import { createLazPerf } from 'laz-perf';
import { refuse } from '../../refusal-error.ts';
import type { PointCloud } from '../point-cloud.ts';
import type { RangeReader } from '../range-reader.ts';
import { readLasHeader } from './las-header.ts';
import { LasRecords } from './las-records.ts';
import { lazChunks } from './laz-chunks.ts';

/** The decoder reads ahead by a few bytes; behind a chunk it must find something. */
const SLACK_BYTES = 4096;

/**
 * Reads a LAZ point cloud chunk by chunk (usually 50,000 points), each unpacked by laz-perf alone, so
 * that memory holds the points and one chunk. Refuses with `structure-invalid` what does not unpack.
 */
export async function readLaz(file: RangeReader): Promise<PointCloud> {
	const header = readLasHeader(file);
	const chunks = lazChunks(file, header);
	const records = new LasRecords(header, file.name);
	const { recordBytes, pointFormat } = header;
	const lib = await createLazPerf();
	const largest = chunks.reduce((most, { bytes }) => Math.max(most, bytes), 0);
	const packedAt = lib._malloc(largest + SLACK_BYTES);
	const recordAt = lib._malloc(recordBytes);
	const batch = new Uint8Array(BATCH * recordBytes);
	const view = new DataView(batch.buffer);
	for (const { at, bytes, points } of chunks) {
		lib.HEAPU8.set(file.read(at, bytes), packedAt);
		lib.HEAPU8.fill(0, packedAt + bytes, packedAt + bytes + SLACK_BYTES);
		const decoder = new lib.ChunkDecoder();
		try {
			decoder.open(pointFormat, recordBytes, packedAt);
			for (let done = 0; done < points; done += BATCH) {
				const some = Math.min(BATCH, points - done);
				for (let i = 0; i < some; i += 1) {
					decoder.getPoint(recordAt);
					batch.set(lib.HEAPU8.subarray(recordAt, recordAt + recordBytes), i * recordBytes);
				}
				records.take(view, some);
			}
		} catch {
			return refuse(
				'structure-invalid',
				`${file.name} has points that do not unpack — copy or export it again`,
			);
		} finally {
			decoder.delete();
		}
	}
	return records.finish(file);
}

/** Points that are unpacked before they are taken over. */
const BATCH = 1024;
