import { createLazPerf } from 'laz-perf';
import { refuse } from '../../refusal-error.ts';
import type { PointCloud } from '../point-cloud.ts';
import type { RangeReader } from '../range-reader.ts';
import { readLasHeader } from './las-header.ts';
import { LasRecords } from './las-records.ts';
import { lazChunks } from './laz-chunks.ts';

/** Point formats with waveforms: laz-perf 0.0.7 knows them only by name. */
const WAVEFORMS = [4, 5, 9, 10];
/** The decoder reads ahead by a few bytes; behind a chunk it must find something. */
const SLACK_BYTES = 4096;

/**
 * Reads a LAZ point cloud chunk by chunk (usually 50,000 points), each unpacked by laz-perf alone, so
 * that memory holds the points and one chunk. Refuses with `structure-invalid` what does not unpack, and
 * point formats with waveforms, which airborne scanners write.
 */
export async function readLaz(file: RangeReader): Promise<PointCloud> {
	const header = readLasHeader(file);
	const chunks = lazChunks(file, header);
	const records = new LasRecords(header, file.name);
	const { recordBytes, pointFormat } = header;
	if (WAVEFORMS.includes(pointFormat)) {
		return refuse(
			'structure-invalid',
			`${file.name} packs the waveforms of its laser with the points, which we cannot unpack — save it as LAS, or as LAZ without waveforms`,
		);
	}
	const lib = await createLazPerf();
	const largest = chunks.reduce((most, { bytes }) => Math.max(most, bytes), 0);
	const packedAt = lib._malloc(largest + SLACK_BYTES);
	const batchAt = lib._malloc(BATCH * recordBytes);
	for (const { at, bytes, points } of chunks) {
		lib.HEAPU8.set(file.read(at, bytes), packedAt);
		lib.HEAPU8.fill(0, packedAt + bytes, packedAt + bytes + SLACK_BYTES);
		const decoder = new lib.ChunkDecoder();
		try {
			decoder.open(pointFormat, recordBytes, packedAt);
			for (let done = 0; done < points; done += BATCH) {
				const some = Math.min(BATCH, points - done);
				for (let i = 0; i < some; i += 1) decoder.getPoint(batchAt + i * recordBytes);
				// The decoder's memory moves when it grows.
				records.take(new DataView(lib.HEAPU8.buffer, batchAt, some * recordBytes), some);
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
