import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import sharp from 'sharp';
import { MAX_TEXTURE_PIXELS } from '../../limits.ts';

const MAGIC = '\u00abKTX 20\u00bb';
/** Four bytes a pixel, as the transcoder numbers its formats. */
const RGBA = 13;
const NOTHING = new Uint8Array(0);

/** An image in a KTX2 container, as the transcoder sees it. */
interface Ktx2File {
	isValid(): boolean;
	isHDR(): boolean;
	getWidth(): number;
	getHeight(): number;
	getHasAlpha(): number;
	startTranscoding(): number;
	getImageTranscodedSizeInBytes(level: number, layer: number, face: number, format: number): number;
	transcodeImage(
		into: Uint8Array,
		level: number,
		layer: number,
		face: number,
		format: number,
		wantsOpaque: number,
		channel0: number,
		channel1: number,
	): number;
	close(): void;
	delete(): void;
}

interface Transcoder {
	initializeBasis(): void;
	KTX2File: new (bytes: Uint8Array) => Ktx2File;
}

type MakeTranscoder = (options: { wasmBinary: Uint8Array }) => Promise<Transcoder>;

let transcoder: Promise<Transcoder> | undefined;

/** True for the container that KHR_texture_basisu calls for. */
export function isKtx2(bytes: Uint8Array): boolean {
	return Buffer.from(bytes.subarray(0, 8)).toString('latin1') === MAGIC;
}

/**
 * The largest image of a KTX2 (ETC1S or UASTC, as KHR_texture_basisu has them) as a PNG; no bytes for
 * what does not decode, is no colour image or has more than 100 million pixels. The transcoder is
 * Basis Universal's own in wasm, as three ships it: a hostile file can only break its memory.
 */
export async function decodeKtx2(bytes: Uint8Array): Promise<Uint8Array> {
	transcoder ??= openTranscoder();
	const { KTX2File } = await transcoder;
	const file = new KTX2File(bytes);
	try {
		if (!file.isValid() || file.isHDR()) return NOTHING;
		const [width, height] = [file.getWidth(), file.getHeight()];
		const pixels = width * height;
		if (pixels === 0 || pixels > MAX_TEXTURE_PIXELS || !file.startTranscoding()) return NOTHING;
		const rgba = new Uint8Array(file.getImageTranscodedSizeInBytes(0, 0, 0, RGBA));
		const isDone =
			rgba.length === pixels * 4 && file.transcodeImage(rgba, 0, 0, 0, RGBA, 0, -1, -1);
		if (!isDone) return NOTHING;
		const image = sharp(rgba, { raw: { width, height, channels: 4 } });
		return await (file.getHasAlpha() ? image : image.removeAlpha())
			.png({ compressionLevel: 1 })
			.toBuffer();
	} finally {
		file.close();
		file.delete();
	}
}

/** three ships the transcoder as a script for browsers, inside a package of ES modules. */
async function openTranscoder(): Promise<Transcoder> {
	const path = fileURLToPath(import.meta.resolve('three/addons/libs/basis/basis_transcoder.js'));
	const holder: { exports: MakeTranscoder | object } = { exports: {} };
	const names = ['module', 'exports', 'require', '__dirname', '__filename'];
	const run = compileFunction(readFileSync(path, 'utf8'), names, { filename: path });
	const refuseModule = (name: string) => ({ name });
	run(holder, holder.exports, refuseModule, '', path);
	const make = holder.exports;
	if (typeof make !== 'function') throw new Error('decode: the Basis transcoder did not load');
	const wasmBinary = readFileSync(path.replace(/\.js$/, '.wasm'));
	const opened = await make({ wasmBinary });
	opened.initializeBasis();
	return opened;
}
