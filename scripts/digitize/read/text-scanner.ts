const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_E = 0x65;
const CASE_BIT = 0x20;

/** Beyond this many digits a mantissa no longer fits a double exactly; the rest only moves the exponent. */
const EXACT_DIGITS = 15;

/**
 * Walks the bytes of a text file without ever making strings of its numbers: a string of the whole
 * file would fail at 512 MB, and one a number costs ten times the parse.
 */
export class TextScanner {
	readonly bytes: Uint8Array;
	at: number;
	#mantissa = 0;
	#kept = 0;

	constructor(bytes: Uint8Array, at = 0) {
		this.bytes = bytes;
		this.at = at;
	}

	/** True when no byte is left. */
	get isDone(): boolean {
		return this.at >= this.bytes.length;
	}

	/** The byte under the cursor, -1 at the end. */
	peek(): number {
		return this.bytes[this.at] ?? -1;
	}

	/** Skips blanks within the line. */
	skipBlanks(): void {
		let c = this.peek();
		while (c === SPACE || c === TAB || c === CR) {
			this.at += 1;
			c = this.peek();
		}
	}

	/** Skips blanks and line ends. */
	skipSpace(): void {
		let c = this.peek();
		while (c === SPACE || (c >= TAB && c <= CR)) {
			this.at += 1;
			c = this.peek();
		}
	}

	/** True when the rest of the line is blank. */
	atLineEnd(): boolean {
		this.skipBlanks();
		const c = this.peek();
		return c === LF || c === -1;
	}

	/** Moves to the first byte of the next line. */
	nextLine(): void {
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

	/** What is left of the line as UTF-8, trimmed; the cursor stays before the line end. */
	restOfLine(): string {
		const end = this.bytes.indexOf(LF, this.at);
		const stop = end === -1 ? this.bytes.length : end;
		const text = new TextDecoder().decode(this.bytes.subarray(this.at, stop)).trim();
		this.at = stop;
		return text;
	}

	/** The next number on this line; NaN where something else stands. Within one unit of the last place. */
	number(): number {
		this.skipBlanks();
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
