import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import type { TestSplat } from './splat-files.ts';

const SH_C0 = 0.28209479177387814;
const CHUNK = 256;

/** The place of each splat's numbers in a list, as the formats below want them. */
const places = (splats: TestSplat[]) => splats.map(({ position }) => position);
const scales = (splats: TestSplat[]) => splats.map(({ scale }) => scale);
const paints = (splats: TestSplat[]) =>
	splats.map(({ colour }) => colour.map((value) => 0.5 + SH_C0 * value));
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** Lowest and highest of each of three numbers. */
function limits(rows: number[][]): { low: number[]; high: number[] } {
	const column = (k: number) => rows.map((row) => row[k] ?? 0);
	const width = rows[0]?.length ?? 0;
	const each = Array.from({ length: width }, (_, k) => column(k));
	return { low: each.map((c) => Math.min(...c)), high: each.map((c) => Math.max(...c)) };
}

function step(value: number, low: number, high: number, top: number): number {
	return high > low ? Math.round(((value - low) / (high - low)) * top) : 0;
}

/** Which of w, x, y, z is largest, and the others as shares, made so that the largest is positive. */
function smallestThree(rotation: number[], order: readonly number[]) {
	const parts = order.map((k) => rotation[k] ?? 0);
	const largest = parts.reduce(
		(best, v, k) => (Math.abs(v) > Math.abs(parts[best] ?? 0) ? k : best),
		0,
	);
	const sign = (parts[largest] ?? 0) < 0 ? -1 : 1;
	const rest = parts.filter((_, k) => k !== largest).map((v) => (v * sign) / Math.SQRT2 + 0.5);
	return { largest, rest };
}

/**
 * The compressed PLY of SuperSplat, as its readers describe it: words of 11, 10, 11 bits within limits
 * of chunks of 256 splats; rotations of 2 and three times 10 bits; harmonics of -4 to 4 as bytes.
 */
export function aCompressedPly(splats: TestSplat[], hasColourLimits = true): Buffer {
	const rest = splats[0]?.rest.length ?? 0;
	const chunks: number[] = [];
	const words: number[] = [];
	for (let first = 0; first < splats.length; first += CHUNK) {
		const some = splats.slice(first, first + CHUNK);
		const [p, s] = [limits(places(some)), limits(scales(some))];
		const c = hasColourLimits ? limits(paints(some)) : { low: [0, 0, 0], high: [1, 1, 1] };
		chunks.push(...p.low, ...p.high, ...s.low, ...s.high);
		if (hasColourLimits) chunks.push(...c.low, ...c.high);
		for (const [i, splat] of some.entries()) {
			const word = (row: number[], { low, high }: typeof p) => {
				const [x = 0, y = 0, z = 0] = [2047, 1023, 2047].map((top, k) =>
					step(row[k] ?? 0, low[k] ?? 0, high[k] ?? 0, top),
				);
				return x * 2 ** 21 + y * 2 ** 11 + z;
			};
			const { largest, rest: small } = smallestThree(splat.rotation, [0, 1, 2, 3]);
			const turn = small.reduce((bits, share) => bits * 1024 + Math.round(share * 1023), largest);
			const paint = (paints(some)[i] ?? []).map((v, k) =>
				step(v, c.low[k] ?? 0, c.high[k] ?? 0, 255),
			);
			const bytes = [...paint, Math.round(sigmoid(splat.opacity) * 255)];
			const colour = bytes.reduce((bits, byte) => bits * 256 + Math.min(Math.max(byte, 0), 255), 0);
			words.push(word(splat.position, p), turn, word(splat.scale, s), colour);
		}
	}
	const axes = (name: string) => ['x', 'y', 'z'].map((axis) => `${name}_${axis}`);
	const channels = (name: string) => ['r', 'g', 'b'].map((channel) => `${name}_${channel}`);
	const names = ['min', 'max', 'min_scale', 'max_scale'].flatMap(axes);
	if (hasColourLimits) names.push(...['min', 'max'].flatMap(channels));
	const head = [
		'ply',
		'format binary_little_endian 1.0',
		`element chunk ${Math.ceil(splats.length / CHUNK)}`,
		...names.map((name) => `property float ${name}`),
		`element vertex ${splats.length}`,
		...['position', 'rotation', 'scale', 'color'].map((name) => `property uint packed_${name}`),
		...(rest > 0 ? [`element sh ${splats.length}`] : []),
		...Array.from({ length: rest }, (_, i) => `property uchar f_rest_${i}`),
		'end_header\n',
	].join('\n');
	const sh = splats.flatMap((splat) =>
		splat.rest.map((v) => Math.round((v / 8 + 0.5) * 256 - 0.5)),
	);
	return Buffer.concat([
		Buffer.from(head),
		Buffer.from(Float32Array.from(chunks).buffer),
		Buffer.from(Uint32Array.from(words).buffer),
		Buffer.from(sh),
	]);
}

/** The SOG that PlayCanvas's tools wrote before version 2: limits, no codebooks, opacity as it was trained. */
export async function aFirstSog(splats: TestSplat[]): Promise<Buffer> {
	const widthPx = Math.ceil(Math.sqrt(splats.length));
	const logs = places(splats).map((p) => p.map((v) => Math.sign(v) * Math.log1p(Math.abs(v))));
	const colours = splats.map(({ colour, opacity }) => [...colour, opacity]);
	const [m, s, c] = [limits(logs), limits(scales(splats)), limits(colours)];
	const bytesOf = (rows: number[][], { low, high }: typeof m, top: number) =>
		rows.map((row) => row.map((v, k) => step(v, low[k] ?? 0, high[k] ?? 0, top)));
	const words = bytesOf(logs, m, 65_535);
	const quats = splats.map(({ rotation }) => {
		const { largest, rest } = smallestThree(rotation, [0, 1, 2, 3]);
		return [...rest.map((share) => Math.round(share * 255)), 252 + largest];
	});
	const coefficients = (splats[0]?.rest.length ?? 0) / 3;
	const pictures: Record<string, { rows: number[][]; widthPx: number }> = {
		means_l: { rows: words.map((row) => row.map((word) => word & 255)), widthPx },
		means_u: { rows: words.map((row) => row.map((word) => word >> 8)), widthPx },
		scales: { rows: bytesOf(scales(splats), s, 255), widthPx },
		quats: { rows: quats, widthPx },
		sh0: { rows: bytesOf(colours, c, 255), widthPx },
	};
	if (coefficients > 0) {
		const palette = splats
			.slice(0, 64)
			.flatMap(({ rest }) =>
				Array.from({ length: coefficients }, (_, j) =>
					[0, 1, 2].map((channel) => step(rest[channel * coefficients + j] ?? 0, -1, 1, 255)),
				),
			);
		pictures.shN_centroids = { rows: palette, widthPx: 64 * coefficients };
		pictures.shN_labels = { rows: splats.map((_, i) => [i % 64, 0, 0]), widthPx };
	}
	const ranges = (of: typeof m) => ({ mins: of.low, maxs: of.high, dtype: 'float32' });
	const shape = [splats.length, 3];
	const meta = {
		means: { shape, ...ranges(m), files: ['means_l.webp', 'means_u.webp'] },
		scales: { shape, ...ranges(s), files: ['scales.webp'] },
		quats: { shape, dtype: 'uint8', encoding: 'quaternion_packed', files: ['quats.webp'] },
		sh0: { shape, ...ranges(c), files: ['sh0.webp'] },
		...(coefficients > 0 && {
			shN: { mins: -1, maxs: 1, quantization: 8, files: ['shN_centroids.webp', 'shN_labels.webp'] },
		}),
	};
	const zip = new ZipFile();
	zip.addBuffer(Buffer.from(JSON.stringify(meta)), 'meta.json');
	for (const [name, { rows, widthPx: width }] of Object.entries(pictures)) {
		const height = Math.ceil(rows.length / width);
		const data = Buffer.alloc(width * height * 4, 255);
		for (const [i, row] of rows.entries()) for (const [k, v] of row.entries()) data[i * 4 + k] = v;
		const raw = { width, height, channels: 4 as const };
		const webp = await sharp(data, { raw }).webp({ lossless: true, exact: true }).toBuffer();
		zip.addBuffer(webp, `${name}.webp`);
	}
	zip.end();
	return await buffer(zip.outputStream as NodeJS.ReadableStream);
}
