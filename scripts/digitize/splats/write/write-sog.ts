import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { ZipFile } from 'yazl';
import type { SplatCloud } from '../splat-cloud.ts';
import { codebookOf } from './codebook.ts';

/** Zip knows no time zones; the first date it knows gives equal bytes everywhere. */
const NO_DATE = new Date(1980, 0, 1);
const FIRST_TAG = 252;
/** Which of x, y, z, w (0 to 3) a SOG's w, x, y, z are. */
const FROM_WXYZ = [3, 0, 1, 2] as const;

/**
 * Writes splats in the exhibit's frame as a bundled SOG, version 2, without harmonics: those need a
 * k-means over 45 dimensions, more than 190 CPU-s for 200,000 splats without a GPU. Same splats, same bytes.
 * Source: https://developer.playcanvas.com, "The SOG Format".
 */
export async function writeSog(cloud: SplatCloud): Promise<Uint8Array> {
	const { count, positions } = cloud;
	const widthPx = Math.ceil(Math.sqrt(count) / 4) * 4;
	const heightPx = Math.ceil(count / widthPx);
	const image = () => new Uint8Array(widthPx * heightPx * 4).fill(255);
	const logs = positions.map((value) => Math.sign(value) * Math.log1p(Math.abs(value)));
	const { mins, maxs } = rangeOf(logs);
	const [low, high, scales, quats, sh0] = [image(), image(), image(), image(), image()];
	const sizes = codebookOf(cloud.scales);
	const paints = codebookOf(cloud.colours);
	for (let i = 0; i < count; i += 1) {
		for (let k = 0; k < 3; k += 1) {
			const at = i * 3 + k;
			const span = (maxs[k] ?? 0) - (mins[k] ?? 0);
			const share = span > 0 ? ((logs[at] ?? 0) - (mins[k] ?? 0)) / span : 0;
			const step = Math.round(Math.min(Math.max(share, 0), 1) * 65_535);
			low[i * 4 + k] = step & 255;
			high[i * 4 + k] = step >> 8;
			scales[i * 4 + k] = sizes.labels[at] ?? 0;
			sh0[i * 4 + k] = paints.labels[at] ?? 0;
		}
		sh0[i * 4 + 3] = Math.round((cloud.opacities[i] ?? 0) * 255);
		packRotation(cloud.rotations, i, quats);
	}
	const meta = {
		version: 2,
		asset: { generator: 'xishan' },
		count,
		means: { mins, maxs, files: ['means_l.webp', 'means_u.webp'] },
		scales: { codebook: sizes.values, files: ['scales.webp'] },
		quats: { files: ['quats.webp'] },
		sh0: { codebook: paints.values, files: ['sh0.webp'] },
	};
	const images = { means_l: low, means_u: high, scales, quats, sh0 };
	const zip = new ZipFile();
	const options = { mtime: NO_DATE, forceDosTimestamp: true, compress: false };
	zip.addBuffer(Buffer.from(JSON.stringify(meta)), 'meta.json', options);
	for (const [name, data] of Object.entries(images)) {
		const raw = { width: widthPx, height: heightPx, channels: 4 as const };
		const webp = await sharp(data, { raw })
			.webp({ lossless: true, exact: true, effort: 4 })
			.toBuffer();
		zip.addBuffer(webp, `${name}.webp`, options);
	}
	zip.end();
	return await buffer(zip.outputStream as NodeJS.ReadableStream);
}

function rangeOf(values: Float32Array): { mins: number[]; maxs: number[] } {
	const [mins, maxs] = [Array(3).fill(Infinity), Array(3).fill(-Infinity)];
	for (let i = 0; i < values.length; i += 1) {
		mins[i % 3] = Math.min(mins[i % 3] ?? 0, values[i] ?? 0);
		maxs[i % 3] = Math.max(maxs[i % 3] ?? 0, values[i] ?? 0);
	}
	return { mins, maxs };
}

/** The three smaller of w, x, y, z as bytes; alpha says which was left out. */
function packRotation(rotations: Float32Array, i: number, out: Uint8Array): void {
	const parts = FROM_WXYZ.map((k) => rotations[i * 4 + k] ?? 0);
	let largest = 0;
	for (let k = 1; k < 4; k += 1) {
		if (Math.abs(parts[k] ?? 0) > Math.abs(parts[largest] ?? 0)) largest = k;
	}
	const sign = (parts[largest] ?? 0) < 0 ? -1 : 1;
	const rest = parts.filter((_, k) => k !== largest);
	for (let k = 0; k < 3; k += 1) {
		const share = ((rest[k] ?? 0) * sign) / Math.SQRT2 + 0.5;
		out[i * 4 + k] = Math.round(Math.min(Math.max(share, 0), 1) * 255);
	}
	out[i * 4 + 3] = FIRST_TAG + largest;
}
