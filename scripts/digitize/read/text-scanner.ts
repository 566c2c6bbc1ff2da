import { decodeText } from '../intake/decode-text.ts';
import type { LineBlocks } from './line-blocks.ts';

const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;
const CASE_BIT = 0x20;

/** Beyond this many digits a mantissa no longer fits a double exactly; the rest only moves the exponent. */
const EXACT_DIGITS = 15;
/** So many digits always fit 32 bits. */
const SMALL_DIGITS = 9;

/** Powers of ten that are exact doubles. */
const TENS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);

/**
 * Walks the bytes of a text file without ever making strings of its numbers: a string of the whole
 * file would fail at 512 MB, and one a number costs ten times the parse. Takes bytes, or a file in
 * blocks of lines; moving on to the next block is up to `isDone` and `skipSpace`.
 */
export class TextScanner {
	bytes: Uint8Array;
	at: number;
	readonly #blocks: LineBlocks | undefined;
	#mantissa = 0;
	#kept = 0;

	constructor(from: Uint8Array | LineBlocks, at = 0) {
		this.bytes = from instanceof Uint8Array ? from : new Uint8Array(0);
		this.#blocks = from instanceof Uint8Array ? undefined : from;
		this.at = at;
	}

	/** True when no byte is left; else there is one under the cursor. */
	get isDone(): boolean {
		while (this.at >= this.bytes.length) {
			const block = this.#blocks?.next();
			if (block === undefined) return true;
			this.bytes = block;
			this.at = 0;
		}
		return false;
	}

	/** How many bytes are left. */
	get leftBytes(): number {
		return this.bytes.length - this.at + (this.#blocks?.leftBytes ?? 0);
	}

	/** The byte under the cursor, -1 at the end. */
	peek(): number {
		return this.bytes[this.at] ?? -1;
	}

	/** True when this byte stands under the cursor and a blank behind it. */
	isAhead(byte: number): boolean {
		return this.bytes[this.at] === byte && this.bytes[this.at + 1] === SPACE;
	}

	/** Skips blanks within the line, which a backslash continues. */
	skipBlanks(): void {
		const next = this.bytes[this.at] ?? 0;
		if (next > SPACE && next !== BACKSLASH) return;
		let c = this.peek();
		while (c === SPACE || c === TAB || c === CR || (c === BACKSLASH && this.#isContinued())) {
			this.at += 1;
			c = this.peek();
		}
	}

	/** Skips blanks and line ends. */
	skipSpace(): void {
		if ((this.bytes[this.at] ?? 0) > SPACE) return;
		do {
			let c = this.peek();
			while (c === SPACE || (c >= TAB && c <= CR)) {
				this.at += 1;
				c = this.peek();
			}
		} while (this.at >= this.bytes.length && !this.isDone);
	}

	/** True when the rest of the line is blank. */
	atLineEnd(): boolean {
		this.skipBlanks();
		const c = this.peek();
		return c === LF || c === -1;
	}

	/** Moves behind the end of the line. */
	nextLine(): void {
		if (this.peek() === LF) {
			this.at += 1;
			return;
		}
		const end = this.bytes.indexOf(LF, this.at);
		this.at = end === -1 ? this.bytes.length : end + 1;
	}

	/** The next word, up to a blank or a line end; empty when there is none on this line. */
	word(): string {
		this.skipBlanks();
		const start = this.at;
		while (this.peek() > SPACE) this.at += 1;
		return latin1(this.bytes, start, this.at);
	}

	/** What is left of the line as UTF-8 or GB18030, trimmed; the cursor stays before the line end. */
	restOfLine(): string {
		const end = this.bytes.indexOf(LF, this.at);
		const stop = end === -1 ? this.bytes.length : end;
		const text = decodeText(this.bytes.subarray(this.at, stop)).trim();
		this.at = stop;
		return text;
	}

	/**
	 * The next number on this line; NaN where something else stands. Within one unit of the last place.
	 * Most numbers of a scan are short, so they are one exact whole number over a power of ten.
	 */
	number(): number {
		this.skipBlanks();
		const { bytes } = this;
		const begin = this.at;
		const isNegative = bytes[begin] === MINUS;
		const start = begin + Number(isNegative);
		let at = start;
		let whole = 0;
		for (let digit = digitAt(bytes, at); digit >>> 0 < 10; digit = digitAt(bytes, at)) {
			whole = (Math.imul(whole, 10) + digit) | 0;
			at += 1;
		}
		if (bytes[at] !== DOT) {
			if (!isShort(at - start, 0, bytes[at])) return this.#longNumber(begin);
			this.at = at;
			return isNegative ? -whole : whole;
		}
		const point = at;
		at += 1;
		let fraction = 0;
		for (let digit = digitAt(bytes, at); digit >>> 0 < 10; digit = digitAt(bytes, at)) {
			fraction = (Math.imul(fraction, 10) + digit) | 0;
			at += 1;
		}
		const places = at - point - 1;
		if (!isShort(point - start, places, bytes[at])) return this.#longNumber(begin);
		this.at = at;
		const ten = TENS[places] ?? 1;
		const value = (whole * ten + fraction) / ten;
		return isNegative ? -value : value;
	}

	/** The next whole number on this line, as faces have them; anything else as `number` gives it. */
	integer(): number {
		this.skipBlanks();
		const { bytes } = this;
		let at = this.at;
		let c = bytes[at] ?? 0;
		const isNegative = c === MINUS;
		if (isNegative) c = bytes[++at] ?? 0;
		const start = at;
		let value = 0;
		for (; c >= ZERO && c <= NINE && at - start < SMALL_DIGITS; c = bytes[++at] ?? 0) {
			value = (value * 10 + c - ZERO) | 0;
		}
		// A digit, a point or an exponent behind it makes it another number.
		if (at === start || c === DOT || c >= ZERO) return this.number();
		this.at = at;
		return isNegative ? -value : value;
	}

	#isContinued(): boolean {
		const next = this.bytes[this.at + 1];
		if (next === CR && this.bytes[this.at + 2] === LF) this.at += 2;
		else if (next === LF) this.at += 1;
		else return false;
		return true;
	}

	/** Any number, digit by digit from its sign on. */
	#longNumber(begin: number): number {
		this.at = begin;
		const sign = this.#sign();
		const start = this.at;
		this.#mantissa = 0;
		this.#kept = 0;
		let exponent = this.#digits();
		if (this.peek() === DOT) {
			this.at += 1;
			const fractionAt = this.at;
			exponent += this.#digits() - (this.at - fractionAt);
		}
		if (this.at === start) return this.#notANumber();
		if ((this.peek() | CASE_BIT) === LOWER_E) {
			this.at += 1;
			exponent += this.#exponent();
		}
		return sign * scaled(this.#mantissa, exponent);
	}

	/** Takes digits into the mantissa; gives how many no longer fitted, each a factor of ten. */
	#digits(): number {
		let dropped = 0;
		for (let c = this.peek(); c >= ZERO && c <= NINE; c = this.peek()) {
			if (this.#kept < EXACT_DIGITS) {
				this.#mantissa = this.#mantissa * 10 + (c - ZERO);
				if (this.#mantissa !== 0) this.#kept += 1;
			} else dropped += 1;
			this.at += 1;
		}
		return dropped;
	}

	#sign(): number {
		const c = this.peek();
		if (c === MINUS || c === PLUS) this.at += 1;
		return c === MINUS ? -1 : 1;
	}

	#exponent(): number {
		const sign = this.#sign();
		let value = 0;
		for (let c = this.peek(); c >= ZERO && c <= NINE; c = this.peek()) {
			value = Math.min(value * 10 + (c - ZERO), 9999);
			this.at += 1;
		}
		return sign * value;
	}

	/** Words such as `nan` and `inf` are stepped over, so that the caller can judge the value. */
	#notANumber(): number {
		while (this.peek() > SPACE) this.at += 1;
		return Number.NaN;
	}
}

function digitAt(bytes: Uint8Array, at: number): number {
	return (bytes[at] ?? 0) - ZERO;
}

/** Few enough digits before and behind the point, and nothing behind them that belongs to the number. */
function isShort(before: number, behind: number, next = 0): boolean {
	const isFew = before <= SMALL_DIGITS && behind <= SMALL_DIGITS && before + behind > 0;
	return isFew && before + behind <= EXACT_DIGITS && (next <= SPACE || next === SLASH);
}

function scaled(mantissa: number, exponent: number): number {
	if (exponent === 0 || mantissa === 0) return mantissa;
	if (exponent < 0 && exponent >= -22) return mantissa / 10 ** -exponent;
	return mantissa * 10 ** exponent;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
	let text = '';
	for (let i = start; i < end; i += 1) text += String.fromCharCode(bytes[i] ?? 0);
	return text;
}
