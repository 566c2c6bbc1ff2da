import { KHR_DF_PRIMARIES_UNSPECIFIED, read, write } from 'ktx-parse';
import { NodeBasisEncoder } from 'ktx2-encoder';
import type { TextureRole } from '../mesh/mesh.ts';
import { renormalize } from './renormalize.ts';
import { holdsColour } from './texture.ts';
import { openMap } from './texture-source.ts';

/** What one KTX2 map is made of: an encoded image, what it means, and the size it gets. */
export interface Ktx2Map {
	bytes: Uint8Array;
	role: TextureRole;
	/** Multiples of four, as KHR_texture_basisu wants them. */
	widthPx: number;
	heightPx: number;
	keepsAlpha: boolean;
	/** Takes about a third of the time, for maps of which a scan has many; directions lose most by it. */
	isQuick?: boolean;
}

type BasisModule = Awaited<ReturnType<NodeBasisEncoder['init']>>;
/** Setters of the encoder that its package does not name in its types. */
type Encoder = InstanceType<BasisModule['BasisEncoder']> & {
	setMipSRGB(isSrgb: boolean): void;
	setMipRenormalize(isRenormalized: boolean): void;
	setStatusOutput(isOn: boolean): void;
};

/** Of ETC1S, 1 to 255: 644 kB for a 2048 × 2048 photograph; more shows little at exhibit distance. */
const ETC1S_QUALITY = 128;
/** Of ETC1S, 0 to 6: 2 takes 20 % longer and saves nothing. */
const ETC1S_EFFORT = { quick: 0, full: 1 };
/** Of UASTC, 0 to 4: 0 is five times faster and doubles both bytes and the error of directions. */
const UASTC_EFFORT = { quick: 0, full: 1 };
const RAW_RGBA = 0;
const TEXTURE_2D = 0;
/** Room for the container's own words. */
const SLACK_BYTES = 64 * 1024;

let basis: Promise<BasisModule> | undefined;

/**
 * Encodes one map as KTX2 with all its smaller levels: directions as UASTC with Zstandard, each level at
 * unit length; everything else as ETC1S. Colours are filtered in linear light and flagged sRGB, BT.709;
 * the rest is flagged linear without primaries, as KHR_texture_basisu demands. About 16 CPU-seconds and
 * 650 MB for 2048 × 2048. The encoder takes 12 megapixels at most.
 */
export async function encodeKtx2(map: Ktx2Map): Promise<Uint8Array> {
	basis ??= new NodeBasisEncoder().init();
	const module = await basis;
	const pixels = await pixelsOf(map);
	const encoder = new module.BasisEncoder() as Encoder;
	try {
		adjust(encoder, map);
		encoder.setSliceSourceImage(0, pixels, map.widthPx, map.heightPx, RAW_RGBA);
		const room = new Uint8Array(Math.ceil((pixels.length * 4) / 3) + SLACK_BYTES);
		const length = encoder.encode(room);
		if (length === 0) throw new Error('encode-ktx2: the encoder gives nothing — a bug in its use');
		return holdsColour(map.role) ? room.slice(0, length) : withoutPrimaries(room.slice(0, length));
	} finally {
		encoder.delete();
	}
}

/** RGBA at the wanted size, rows from the top. */
async function pixelsOf(map: Ktx2Map): Promise<Uint8Array> {
	const { bytes, role, widthPx, heightPx, keepsAlpha } = map;
	let image = await openMap(bytes, !holdsColour(role));
	if (!keepsAlpha) image = image.removeAlpha();
	const pixels = await image
		.resize({
			width: widthPx,
			height: heightPx,
			fit: 'fill',
			...(role === 'normal' ? { kernel: 'linear' } : {}),
		})
		.toColourspace('srgb')
		.ensureAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer();
	if (role === 'normal') renormalize(pixels, 4);
	if (role === 'occlusion') spreadRed(pixels);
	return pixels;
}

/** Occlusion is read from red alone; three equal channels take the fewest bytes. */
function spreadRed(pixels: Uint8Array): void {
	for (let i = 0; i < pixels.length; i += 4) pixels.fill(pixels[i] ?? 0, i + 1, i + 3);
}

function adjust(encoder: Encoder, { role, isQuick = false }: Ktx2Map): void {
	const effort = isQuick ? 'quick' : 'full';
	const isColour = holdsColour(role);
	const isNormal = role === 'normal';
	encoder.setDebug(false);
	// Standard output belongs to our own progress.
	encoder.setStatusOutput(false);
	encoder.setCreateKTX2File(true);
	encoder.setTexType(TEXTURE_2D);
	encoder.setUASTC(isNormal);
	if (isNormal) {
		encoder.setNormalMapPreset?.();
		encoder.setPackUASTCFlags(UASTC_EFFORT[effort]);
		encoder.setKTX2UASTCSupercompression(true);
	} else {
		encoder.setQualityLevel(ETC1S_QUALITY);
		encoder.setETC1SCompressionLevel?.(ETC1S_EFFORT[effort]);
	}
	encoder.setPerceptual(isColour);
	encoder.setKTX2AndBasisSRGBTransferFunc?.(isColour);
	encoder.setMipGen(true);
	encoder.setMipSRGB(isColour);
	// Its preset for normal maps leaves lengths of 0.79 in the second level of a grooved map (measured).
	encoder.setMipRenormalize(isNormal);
}

/** The encoder claims BT.709 for everything. */
function withoutPrimaries(ktx2: Uint8Array): Uint8Array {
	const container = read(ktx2);
	for (const descriptor of container.dataFormatDescriptor) {
		descriptor.colorPrimaries = KHR_DF_PRIMARIES_UNSPECIFIED;
	}
	return write(container, { keepWriter: true });
}
