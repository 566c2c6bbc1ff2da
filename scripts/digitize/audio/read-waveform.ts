import { ffmpeg, fileWords, type MediaInput } from '../media/media-tools.ts';

/** Samples a second that the picture of a sound is drawn from. */
const RATE_HZ = 8_000;
const BYTES = 2;
const FULL_SCALE = 32_768;

/** 20 ms: finer than any bar of a picture. */
const CELL_SAMPLES = 160;

/** How loud a recording is along its length. */
export interface Waveform {
	durationS: number;
	/** Root mean square and peak of each of equal parts, 0 to 1. */
	parts: { rms: number; peak: number }[];
}

/**
 * Decodes a sound file as it streams and sums it up in `count` equal parts. Its true duration comes
 * with it, which a container only claims. Cost: a second of processor time for half an hour of sound.
 */
export async function readWaveform(
	input: MediaInput,
	path: string,
	count: number,
): Promise<Waveform> {
	const fine: { sum: number; peak: number; samples: number }[] = [];
	let cell = { sum: 0, peak: 0, samples: 0 };
	let total = 0;
	let odd: Buffer = Buffer.alloc(0);
	const take = (chunk: Buffer): void => {
		const bytes = odd.length > 0 ? Buffer.concat([odd, chunk]) : chunk;
		const end = bytes.length - (bytes.length % BYTES);
		for (let at = 0; at < end; at += BYTES) {
			const value = bytes.readInt16LE(at) / FULL_SCALE;
			cell.sum += value * value;
			cell.peak = Math.max(cell.peak, Math.abs(value));
			cell.samples += 1;
			if (cell.samples < CELL_SAMPLES) continue;
			fine.push(cell);
			cell = { sum: 0, peak: 0, samples: 0 };
		}
		total += end / BYTES;
		odd = Buffer.from(bytes.subarray(end));
	};
	const raw = ['-ac', '1', '-ar', String(RATE_HZ), '-f', 's16le', 'pipe:1'];
	await ffmpeg(input, ['-v', 'error', ...fileWords(path), ...raw], { onOutput: take });
	if (cell.samples > 0) fine.push(cell);
	return { durationS: Math.round((total / RATE_HZ) * 1000) / 1000, parts: merge(fine, count) };
}

function merge(
	fine: { sum: number; peak: number; samples: number }[],
	count: number,
): Waveform['parts'] {
	return Array.from({ length: count }, (_, i) => {
		const from = Math.floor((i * fine.length) / count);
		const to = Math.max(from + 1, Math.floor(((i + 1) * fine.length) / count));
		const cells = fine.slice(from, to);
		const samples = cells.reduce((n, c) => n + c.samples, 0);
		const sum = cells.reduce((n, c) => n + c.sum, 0);
		return {
			rms: samples === 0 ? 0 : Math.sqrt(sum / samples),
			peak: cells.reduce((n, c) => Math.max(n, c.peak), 0),
		};
	});
}
