/**
 * The arithmetic decoder that LAZ keeps its table of chunks with. Reads a byte stream; past its end it
 * sees zeros, so that a wrong stream gives wrong numbers and never reads outside.
 * Source: Said 2004, "Introduction to arithmetic coding" (FastAC), as the LAZ 1.4 specification uses it.
 */
export class ArithmeticDecoder {
	readonly #bytes: Uint8Array;
	#at = 4;
	#value: number;
	#length = 0xffffffff;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		const byte = (k: number) => bytes[k] ?? 0;
		this.#value = ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3)) >>> 0;
	}

	/** The next bit by an adaptive model. */
	bit(model: BitModel): 0 | 1 {
		const x = Math.floor(this.#length / 2 ** 13) * model.zeroShare;
		const isZero = this.#value < x;
		if (isZero) this.#length = x;
		else {
			this.#value -= x;
			this.#length -= x;
		}
		this.#renormalise();
		model.count(isZero);
		return isZero ? 0 : 1;
	}

	/** The next symbol by an adaptive model. */
	symbol(model: SymbolModel): number {
		const unit = Math.floor(this.#length / 2 ** 15);
		let low = 0;
		let high = model.symbols;
		while (high - low > 1) {
			const middle = (low + high) >>> 1;
			if (model.from(middle) * unit <= this.#value) low = middle;
			else high = middle;
		}
		const x = model.from(low) * unit;
		const y = low + 1 === model.symbols ? this.#length : model.from(low + 1) * unit;
		this.#value -= x;
		this.#length = y - x;
		this.#renormalise();
		model.count(low);
		return low;
	}

	/** The next `count` bits, at most 19, that no model describes. */
	bits(count: number): number {
		const unit = Math.floor(this.#length / 2 ** count);
		const symbol = Math.min(Math.floor(this.#value / unit), 2 ** count - 1);
		this.#value -= symbol * unit;
		this.#length = unit;
		this.#renormalise();
		return symbol;
	}

	#renormalise(): void {
		while (this.#length < 2 ** 24) {
			this.#value = (this.#value * 256 + (this.#bytes[this.#at] ?? 0)) % 2 ** 32;
			this.#at += 1;
			this.#length *= 256;
		}
	}
}

/** How often a bit was 0, with 13 bits of precision. */
export class BitModel {
	zeroShare = 2 ** 12;
	#zeros = 1;
	#all = 2;
	#cycle = 4;
	#left = 4;

	count(isZero: boolean): void {
		if (isZero) this.#zeros += 1;
		this.#left -= 1;
		if (this.#left > 0) return;
		this.#all += this.#cycle;
		if (this.#all > 2 ** 13) {
			this.#all = (this.#all + 1) >>> 1;
			this.#zeros = (this.#zeros + 1) >>> 1;
			if (this.#zeros === this.#all) this.#all += 1;
		}
		const scale = Math.floor(2 ** 31 / this.#all);
		this.zeroShare = Math.floor((this.#zeros * scale) / 2 ** 18);
		this.#cycle = Math.min((5 * this.#cycle) >>> 2, 64);
		this.#left = this.#cycle;
	}
}

/** How often each symbol came, with 15 bits of precision. */
export class SymbolModel {
	readonly symbols: number;
	readonly #counts: Uint32Array;
	readonly #from: Uint32Array;
	#all = 0;
	#cycle: number;
	#left = 0;

	constructor(symbols: number) {
		this.symbols = symbols;
		this.#counts = new Uint32Array(symbols).fill(1);
		this.#from = new Uint32Array(symbols);
		this.#cycle = symbols;
		this.#update();
		this.#cycle = (symbols + 6) >>> 1;
		this.#left = this.#cycle;
	}

	/** Where a symbol's share of 2^15 begins. */
	from(symbol: number): number {
		return this.#from[symbol] ?? 0;
	}

	count(symbol: number): void {
		this.#counts[symbol] = (this.#counts[symbol] ?? 0) + 1;
		this.#left -= 1;
		if (this.#left === 0) this.#update();
	}

	#update(): void {
		this.#all += this.#cycle;
		if (this.#all > 2 ** 15) {
			this.#all = 0;
			for (let k = 0; k < this.symbols; k += 1) {
				this.#counts[k] = ((this.#counts[k] ?? 0) + 1) >>> 1;
				this.#all += this.#counts[k] ?? 0;
			}
		}
		const scale = Math.floor(2 ** 31 / this.#all);
		let sum = 0;
		for (let k = 0; k < this.symbols; k += 1) {
			this.#from[k] = Math.floor((scale * sum) / 2 ** 16);
			sum += this.#counts[k] ?? 0;
		}
		this.#cycle = Math.min((5 * this.#cycle) >>> 2, (this.symbols + 6) << 3);
		this.#left = this.#cycle;
	}
}
