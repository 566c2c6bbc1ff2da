import { guardBytes } from '../../limits.ts';
import type { PointCloud } from '../point-cloud.ts';
import type { RangeReader } from '../range-reader.ts';
import { readLasHeader } from './las-header.ts';
import { LasRecords } from './las-records.ts';

const CHUNK_BYTES = 8_000_000;

/**
 * Reads a LAS 1.0 to 1.4 point cloud, all point formats: place, intensity and colour. The rest (time,
 * classes, returns, waveforms) stays in the original. Memory: the points and 8 MB.
 */
export function readLas(file: RangeReader): PointCloud {
	const header = readLasHeader(file);
	const { pointsAt, recordBytes, count } = header;
	guardBytes(count * recordBytes, file.sizeBytes - pointsAt, file.name);
	const records = new LasRecords(header, file.name);
	const perChunk = Math.max(Math.floor(CHUNK_BYTES / recordBytes), 1);
	for (let i = 0; i < count; i += perChunk) {
		const some = Math.min(perChunk, count - i);
		const bytes = file.read(pointsAt + i * recordBytes, some * recordBytes);
		records.take(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), some);
	}
	return records.finish(file);
}
