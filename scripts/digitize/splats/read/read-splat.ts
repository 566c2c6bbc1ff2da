import type { RangeReader } from '../../points/range-reader.ts';
import { refuse } from '../../refusal-error.ts';
import { emptySplats, SH_C0, type SplatCloud } from '../splat-cloud.ts';

const RECORD_BYTES = 32;
const CHUNK_RECORDS = 1 << 17;

/**
 * Reads the `.splat` of web viewers: 32 bytes each, place and size as floats, colour with opacity and
 * rotation (w first) as bytes. Source: the format of antimatter15/splat. No harmonics.
 */
export function readSplat(file: RangeReader): SplatCloud {
	if (file.sizeBytes % RECORD_BYTES !== 0) {
		return refuse('file-truncated', `${file.name} ends within a splat — copy or export it again`);
	}
	const cloud = emptySplats(file.sizeBytes / RECORD_BYTES, 0, file.name);
	for (let first = 0; first < cloud.count; first += CHUNK_RECORDS) {
		const some = Math.min(CHUNK_RECORDS, cloud.count - first);
		const bytes = file.read(first * RECORD_BYTES, some * RECORD_BYTES);
		for (let n = 0; n < some; n += 1) take(cloud, first + n, bytes, n * RECORD_BYTES);
	}
	return cloud;
}

function take(cloud: SplatCloud, i: number, bytes: Buffer, at: number): void {
	for (let k = 0; k < 3; k += 1) {
		cloud.positions[i * 3 + k] = bytes.readFloatLE(at + k * 4);
		cloud.scales[i * 3 + k] = Math.log(Math.max(bytes.readFloatLE(at + 12 + k * 4), 1e-9));
		cloud.colours[i * 3 + k] = (bytes.readUInt8(at + 24 + k) / 255 - 0.5) / SH_C0;
		cloud.rotations[i * 4 + k] = (bytes.readUInt8(at + 29 + k) - 128) / 128;
	}
	cloud.rotations[i * 4 + 3] = (bytes.readUInt8(at + 28) - 128) / 128;
	cloud.opacities[i] = bytes.readUInt8(at + 27) / 255;
}
