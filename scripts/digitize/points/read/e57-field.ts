import type { XmlElement } from './parse-xml.ts';

/** Up to here a packed number and the bits before it fit a double exactly. */
const EXACT_BITS = 45;

/** How one property of the points is packed, as the prototype in the XML says. */
export interface E57FieldCoding {
	name: string;
	kind: 'float' | 'double' | 'packed' | 'ignored';
	/** Bits a value; 0 when all are equal, or not read. */
	bits: number;
	minimum: number;
	scale: number;
	offset: number;
	/** The values that the file promises to stay within; undefined when it does not. */
	limits: { min: number; max: number } | undefined;
}

/** Reads one entry of a prototype; undefined when its numbers are none. Text is not read. */
export function e57FieldCoding(element: XmlElement): E57FieldCoding | undefined {
	const { type } = element.attributes;
	if (type === 'Float') return floatCoding(element);
	if (type === 'Integer' || type === 'ScaledInteger') return integerCoding(element);
	const nothing = { bits: 0, minimum: 0, scale: 1, offset: 0, limits: undefined };
	return { name: element.name, kind: 'ignored', ...nothing };
}

function floatCoding({ name, attributes }: XmlElement): E57FieldCoding {
	const isSingle = attributes.precision === 'single';
	const limits = finiteLimits(Number(attributes.minimum), Number(attributes.maximum));
	const kind = isSingle ? 'float' : 'double';
	return { name, kind, bits: isSingle ? 32 : 64, minimum: 0, scale: 1, offset: 0, limits };
}

function integerCoding({ name, attributes }: XmlElement): E57FieldCoding | undefined {
	const min = toBigInt(attributes.minimum, -(2n ** 63n));
	const max = toBigInt(attributes.maximum, 2n ** 63n - 1n);
	if (min === undefined || max === undefined || max < min) return undefined;
	const isScaled = attributes.type === 'ScaledInteger';
	const scale = isScaled ? Number(attributes.scale ?? 1) : 1;
	const offset = isScaled ? Number(attributes.offset ?? 0) : 0;
	const bits = max === min ? 0 : (max - min).toString(2).length;
	if (!Number.isFinite(scale + offset) || bits > 64) return undefined;
	const limits = finiteLimits(Number(min) * scale + offset, Number(max) * scale + offset);
	return { name, kind: 'packed', bits, minimum: Number(min), scale, offset, limits };
}

function finiteLimits(min: number, max: number): E57FieldCoding['limits'] {
	return Number.isFinite(min) && Number.isFinite(max) && max > min ? { min, max } : undefined;
}

function toBigInt(text: string | undefined, fallback: bigint): bigint | undefined {
	if (text === undefined) return fallback;
	return /^\s*[+-]?\d{1,20}\s*$/.test(text) ? BigInt(text.trim()) : undefined;
}

/** The values of one property as they come, packet by packet; bits run on across packets. */
export class E57Field {
	readonly coding: E57FieldCoding;
	/** What `decode` gave last. */
	values = new Float64Array(0);
	#bytes: Buffer = Buffer.alloc(0);
	#bit = 0;

	constructor(coding: E57FieldCoding) {
		this.coding = coding;
	}

	/** Adds the bytes of a packet. */
	push(bytes: Buffer): void {
		if (this.coding.kind === 'ignored') return;
		const used = this.#bit >>> 3;
		const rest = this.#bytes.subarray(used);
		this.#bytes = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
		this.#bit -= used * 8;
	}

	/** How many whole values wait; without end when all are equal. */
	get waiting(): number {
		const { bits } = this.coding;
		return bits === 0 ? Infinity : Math.floor((this.#bytes.length * 8 - this.#bit) / bits);
	}

	/** Unpacks the next `count` values, which must be waiting, into `values`. */
	decode(count: number): void {
		if (this.values.length < count) this.values = new Float64Array(count);
		const { kind, bits } = this.coding;
		if (kind === 'packed' || kind === 'ignored') this.#unpack(count);
		else {
			const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
			const isSingle = kind === 'float';
			let at = this.#bit >>> 3;
			for (let i = 0; i < count; i += 1, at += bits >>> 3) {
				this.values[i] = isSingle ? view.getFloat32(at, true) : view.getFloat64(at, true);
			}
		}
		this.#bit += count * bits;
	}

	#unpack(count: number): void {
		const { bits, minimum, scale, offset } = this.coding;
		if (bits === 0) {
			this.values.fill(minimum * scale + offset, 0, count);
			return;
		}
		const isExact = bits <= EXACT_BITS;
		for (let i = 0; i < count; i += 1) {
			const at = this.#bit + i * bits;
			const raw = isExact ? this.#number(at, bits) : this.#longNumber(at, bits);
			this.values[i] = (raw + minimum) * scale + offset;
		}
	}

	/** Lowest bits first. */
	#number(at: number, bits: number): number {
		const bytes = this.#bytes;
		const shift = at & 7;
		const end = (at + bits + 7) >>> 3;
		let sum = 0;
		for (let k = end - 1; k >= at >>> 3; k -= 1) sum = sum * 256 + (bytes[k] ?? 0);
		return Math.floor(sum / 2 ** shift) % 2 ** bits;
	}

	#longNumber(at: number, bits: number): number {
		const low = this.#number(at, 32);
		return low + this.#number(at + 32, bits - 32) * 2 ** 32;
	}
}
