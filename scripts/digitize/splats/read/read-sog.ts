import sharp from 'sharp';
import { impossibleCount } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { emptySplats, SH_COEFFICIENTS, type ShDegree, type SplatCloud } from '../splat-cloud.ts';
import { type SogMeta, sogMeta } from './sog-meta.ts';
import { unzipSog } from './unzip-sog.ts';

const MAX_PIXELS = 64_000_000;
/** Entries of the palette of harmonics in a row of its picture. */
const PALETTE_COLUMNS = 64;
/** The alpha of a rotation says which of w, x, y, z was left out, from this value on. */
const FIRST_TAG = 252;
/** Which of x, y, z, w (0 to 3) a SOG's w, x, y, z are. */
const FROM_WXYZ = [3, 0, 1, 2] as const;

/**
 * Reads a bundled SOG, version 2, as PlayCanvas defines it: -Y is up, as in the PLY that it is made of.
 * Version 1 is refused.
 */
export async function readSog(bytes: Buffer, name: string): Promise<SplatCloud> {
	const files = await unzipSog(bytes, name);
	const meta = readMeta(files, name);
	const image = (file: string) => decode(files.get(file), file, name);
	const [low, high] = [await image(meta.means.files[0]), await image(meta.means.files[1])];
	const [scales, quats] = [await image(meta.scales.files[0]), await image(meta.quats.files[0])];
	const sh0 = await image(meta.sh0.files[0]);
	const pixels = Math.min(...[low, high, scales, quats, sh0].map(({ data }) => data.length / 4));
	if (meta.count > pixels) impossibleCount(name);
	const shDegree = (meta.shN?.bands ?? 0) as ShDegree;
	const cloud = emptySplats(meta.count, shDegree, name);
	for (let i = 0; i < meta.count; i += 1) {
		for (let k = 0; k < 3; k += 1) {
			const at = i * 4 + k;
			const share = ((low.data[at] ?? 0) + (high.data[at] ?? 0) * 256) / 65_535;
			const [min, max] = [meta.means.mins[k] ?? 0, meta.means.maxs[k] ?? 0];
			const log = min + (max - min) * share;
			cloud.positions[i * 3 + k] = Math.sign(log) * Math.expm1(Math.abs(log));
			cloud.scales[i * 3 + k] = meta.scales.codebook[scales.data[at] ?? 0] ?? 0;
			cloud.colours[i * 3 + k] = meta.sh0.codebook[sh0.data[at] ?? 0] ?? 0;
		}
		cloud.opacities[i] = (sh0.data[i * 4 + 3] ?? 0) / 255;
		readRotation(quats.data, i, cloud.rotations);
	}
	if (meta.shN !== undefined) {
		const [centroids, labels] = [await image(meta.shN.files[0]), await image(meta.shN.files[1])];
		readHarmonics(cloud, meta.shN, centroids, labels.data);
	}
	return cloud;
}

function readMeta(files: Map<string, Buffer>, name: string): SogMeta {
	const text = files.get('meta.json')?.toString('utf8');
	let json: unknown;
	try {
		json = JSON.parse(text ?? '');
	} catch {
		refuse('json-invalid', `${name} has no readable meta.json — export it again`);
	}
	const meta = sogMeta.safeParse(json);
	if (meta.success) return meta.data;
	return refuse(
		'structure-invalid',
		`${name} is no SOG of version 2 — export it again with a current tool`,
	);
}

interface Raw {
	data: Buffer;
	widthPx: number;
}

async function decode(bytes: Buffer | undefined, file: string, name: string): Promise<Raw> {
	if (bytes === undefined)
		return refuse('reference-missing', `${name} lacks ${file} — export it again`);
	try {
		const image = sharp(bytes, { limitInputPixels: MAX_PIXELS })
			.toColourspace('srgb')
			.ensureAlpha();
		const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
		return { data, widthPx: info.width };
	} catch {
		return refuse(
			'image-unreadable',
			`${name} has a picture that cannot be read — export it again`,
		);
	}
}

function readRotation(quats: Buffer, i: number, out: Float32Array): void {
	const left = (quats[i * 4 + 3] ?? 0) - FIRST_TAG;
	let [square, from] = [0, 0];
	for (let k = 0; k < 4; k += 1) {
		if (k === left) continue;
		const value = ((quats[i * 4 + from] ?? 0) / 255 - 0.5) * Math.SQRT2;
		out[i * 4 + (FROM_WXYZ[k] ?? 0)] = left < 0 ? 0 : value;
		square += value * value;
		from = Math.min(from + 1, 2);
	}
	out[i * 4 + (FROM_WXYZ[Math.max(left, 0)] ?? 3)] =
		left < 0 ? 1 : Math.sqrt(Math.max(1 - square, 0));
}

function readHarmonics(
	cloud: SplatCloud,
	{ codebook, count }: NonNullable<SogMeta['shN']>,
	centroids: Raw,
	labels: Buffer,
): void {
	const coefficients = SH_COEFFICIENTS[cloud.shDegree];
	for (let i = 0; i < cloud.count; i += 1) {
		const label = Math.min((labels[i * 4] ?? 0) + (labels[i * 4 + 1] ?? 0) * 256, count - 1);
		const row = Math.floor(label / PALETTE_COLUMNS) * centroids.widthPx;
		const first = row + (label % PALETTE_COLUMNS) * coefficients;
		for (let j = 0; j < coefficients; j += 1) {
			for (let c = 0; c < 3; c += 1) {
				const value = codebook[centroids.data[(first + j) * 4 + c] ?? 0] ?? 0;
				cloud.sh[(i * coefficients + j) * 3 + c] = value;
			}
		}
	}
}
