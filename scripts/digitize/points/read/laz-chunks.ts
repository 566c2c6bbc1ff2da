import { impossibleCount } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import type { RangeReader } from '../range-reader.ts';
import { ArithmeticDecoder, BitModel, SymbolModel } from './arithmetic-decoder.ts';
import type { LasHeader } from './las-header.ts';

/** Points of a LAZ file that are packed together. */
export interface LazChunk {
	at: number;
	bytes: number;
	points: number;
}

const VARIABLE = 0xffffffff;
/** Compressors: 2 and 3 pack points in chunks; 1 is not written since 2012. */
const CHUNKED = [2, 3];
const IN_ONE_PIECE = 1;
/** No real point is packed this tightly; what claims to be would unpack without end. */
const MAX_POINTS_PER_BYTE = 1024;

/**
 * Finds the chunks of a LAZ file, so that each can be read and unpacked alone.
 * Source: LAZ specification 1.4 R1, "Chunk table". Refuses with `structure-invalid` what it cannot follow.
 */
export function lazChunks(file: RangeReader, header: LasHeader): LazChunk[] {
	const { laszip, pointsAt, count } = header;
	if (laszip === undefined || laszip.length < 34) return broken(file.name);
	guardCompressor(laszip.readUInt16LE(0), file.name);
	const chunkSize = laszip.readUInt32LE(12);
	const tableAt = findTable(file, pointsAt);
	const chunks = file.read(tableAt, 8).readUInt32LE(4);
	if (chunks > (tableAt - pointsAt) / 8) impossibleCount(file.name);
	const table = file.read(tableAt + 8, Math.min(file.sizeBytes - tableAt - 8, chunks * 16 + 64));
	let at = pointsAt + 8;
	let left = count;
	const out: LazChunk[] = [];
	for (const { points, bytes } of decodeTable(table, chunks, chunkSize === VARIABLE)) {
		const some = Math.min(points ?? chunkSize, left);
		if (bytes < 0 || at + bytes > tableAt) broken(file.name);
		if (some < 0 || some > bytes * MAX_POINTS_PER_BYTE) impossibleCount(file.name);
		// Writers that end a chunk by hand leave an empty one behind it.
		if (some > 0) out.push({ at, bytes, points: some });
		at += bytes;
		left -= some;
	}
	if (left > 0) impossibleCount(file.name);
	return out;
}

function guardCompressor(compressor: number, name: string): void {
	if (compressor === IN_ONE_PIECE) {
		refuse(
			'structure-invalid',
			`${name} is LAZ of before 2012, packed in one piece — open it with a current program and save it again as LAZ or LAS`,
		);
	}
	if (!CHUNKED.includes(compressor)) broken(name);
}

/** Where the table is: before the points, or, for files written in one go, at the end. */
function findTable(file: RangeReader, pointsAt: number): number {
	let at = Number(file.read(pointsAt, 8).readBigInt64LE(0));
	if (at === -1) at = Number(file.read(file.sizeBytes - 8, 8).readBigInt64LE(0));
	return at >= pointsAt + 8 && at + 8 <= file.sizeBytes ? at : broken(file.name);
}

function decodeTable(
	table: Uint8Array,
	chunks: number,
	isVariable: boolean,
): { points: number | undefined; bytes: number }[] {
	const decoder = new ArithmeticDecoder(table);
	const integers = new IntegerDecoder(decoder);
	const out: { points: number | undefined; bytes: number }[] = [];
	let points: number | undefined;
	let bytes = 0;
	for (let i = 0; i < chunks; i += 1) {
		if (isVariable) points = integers.next(points ?? 0, 0);
		bytes = integers.next(bytes, 1);
		out.push({ points, bytes });
	}
	return out;
}

/** 32-bit numbers as differences from a prediction: first how many bits, then which. */
class IntegerDecoder {
	readonly #decoder: ArithmeticDecoder;
	readonly #lengths = [new SymbolModel(33), new SymbolModel(33)] as const;
	readonly #single = new BitModel();
	readonly #corrections = new Map<number, SymbolModel>();

	constructor(decoder: ArithmeticDecoder) {
		this.#decoder = decoder;
	}

	/** The next number, given what it is near to. */
	next(prediction: number, context: 0 | 1): number {
		return (prediction + this.#correction(context)) | 0;
	}

	#correction(context: 0 | 1): number {
		const bits = this.#decoder.symbol(this.#lengths[context]);
		if (bits === 0) return this.#decoder.bit(this.#single);
		if (bits === 32) return -(2 ** 31);
		const modelled = Math.min(bits, 8);
		let model = this.#corrections.get(bits);
		if (model === undefined) {
			model = new SymbolModel(2 ** modelled);
			this.#corrections.set(bits, model);
		}
		let value = this.#decoder.symbol(model);
		if (bits > 8) value = value * 2 ** (bits - 8) + this.#rawBits(bits - 8);
		return value >= 2 ** (bits - 1) ? value + 1 : value - (2 ** bits - 1);
	}

	/** More than 19 bits come low half first. */
	#rawBits(count: number): number {
		if (count <= 19) return this.#decoder.bits(count);
		const low = this.#decoder.bits(16);
		return this.#decoder.bits(count - 16) * 2 ** 16 + low;
	}
}

function broken(name: string): never {
	return refuse(
		'structure-invalid',
		`${name} is not LAZ as it is written today — open it and save it again as LAZ or LAS`,
	);
}
