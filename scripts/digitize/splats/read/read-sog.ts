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

/** Coefficients a channel that a palette of this many columns has. */
const BANDS: Readonly<Record<number, ShDegree>> = { 192: 1, 512: 2, 960: 3 };
/** What our own writer calls itself; it keeps the exhibit's frame. */
const OURSELVES = 'xishan';

/**
 * Reads a bundled SOG of version 1 or 2. -Y is up, as in the PLY that tools make it of without a turn
 * (the specification says +Y, which only our own writer heeds).
 */
export async function readSog(bytes: Buffer, name: string): Promise<SplatCloud> {
	const files = await unzipSog(bytes, name);
	const meta = readMeta(files, name);
	const image = (file: string) => decode(files.get(file), file, name);
	const pictures = {
		low: await image(meta.means.files[0]),
		high: await image(meta.means.files[1]),
		scales: await image(meta.scales.files[0]),
		quats: await image(meta.quats.files[0]),
		sh0: await image(meta.sh0.files[0]),
	};
	const pixels = Math.min(...Object.values(pictures).map(({ data }) => data.length / 4));
	if (meta.count > pixels) impossibleCount(name);
	const palette = meta.shN && {
		...meta.shN,
		centroids: await image(meta.shN.files[0]),
		labels: await image(meta.shN.files[1]),
	};
	const shDegree = (meta.shN?.bands ?? BANDS[palette?.centroids.widthPx ?? 0] ?? 0) as ShDegree;
	const cloud = emptySplats(meta.count, shDegree, name);
	cloud.isYUp = meta.generator === OURSELVES;
	for (let i = 0; i < meta.count; i += 1) take(cloud, i, meta, pictures);
	if (palette !== undefined) readHarmonics(cloud, palette);
	return cloud;
}

type Pictures = Record<'low' | 'high' | 'scales' | 'quats' | 'sh0', Raw>;

function take(
	cloud: SplatCloud,
	i: number,
	{ means, scales, sh0 }: SogMeta,
	pictures: Pictures,
): void {
	for (let k = 0; k < 3; k += 1) {
		const at = i * 4 + k;
		const share = ((pictures.low.data[at] ?? 0) + (pictures.high.data[at] ?? 0) * 256) / 65_535;
		const [min, max] = [means.mins[k] ?? 0, means.maxs[k] ?? 0];
		const log = min + (max - min) * share;
		cloud.positions[i * 3 + k] = Math.sign(log) * Math.expm1(Math.abs(log));
		cloud.scales[i * 3 + k] = scales.tables[k]?.[pictures.scales.data[at] ?? 0] ?? 0;
		cloud.colours[i * 3 + k] = sh0.tables[k]?.[pictures.sh0.data[at] ?? 0] ?? 0;
	}
	cloud.opacities[i] = sh0.opacities[pictures.sh0.data[i * 4 + 3] ?? 0] ?? 0;
	readRotation(pictures.quats.data, i, cloud.rotations);
}

function readMeta(files: Map<string, Buffer>, name: string): SogMeta {
	const text = files.get('meta.json')?.toString('utf8');
	let json: unknown;
	try {
		json = JSON.parse(text ?? '');
	} catch {
		refuse('json-invalid', `${name} has no readable meta.json — export it again`);
	}
	const meta = sogMeta(json);
	if (meta !== undefined) return meta;
	return refuse(
		'structure-invalid',
		`${name} is no SOG of version 1 or 2 — export it again with a current tool`,
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
	{
		codebook,
		count,
		centroids,
		labels,
	}: NonNullable<SogMeta['shN']> & { centroids: Raw; labels: Raw },
): void {
	const coefficients = SH_COEFFICIENTS[cloud.shDegree];
	for (let i = 0; i < cloud.count; i += 1) {
		const label = (labels.data[i * 4] ?? 0) + (labels.data[i * 4 + 1] ?? 0) * 256;
		const entry = Math.min(label, (count ?? Infinity) - 1);
		const row = Math.floor(entry / PALETTE_COLUMNS) * centroids.widthPx;
		const first = row + (entry % PALETTE_COLUMNS) * coefficients;
		for (let j = 0; j < coefficients; j += 1) {
			for (let c = 0; c < 3; c += 1) {
				const value = codebook[centroids.data[(first + j) * 4 + c] ?? 0] ?? 0;
				cloud.sh[(i * coefficients + j) * 3 + c] = value;
			}
		}
	}
}
