const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const MINUS = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
/** So many digits always fit 32 bits. */
const MOST_DIGITS = 9;
/** Powers of ten that are exact doubles. */
const TENS = Float64Array.from({ length: 10 }, (_, i) => 10 ** i);
/** So many digits before and behind the point a double holds exactly. */
const EXACT_DIGITS = 15;
const NONE = -1;
const TOO_LARGE = 0x7fffffff;

/** Where the last number ended. Nothing else reads between a number and a look at this. */
let behind = 0;

/**
 * Reads the rest of a line that is `count` whole numbers with a blank between, as nearly every face of a
 * scan is, into `into` from `to` on. Gives where the next line begins; 0 where anything else stands. A
 * number of more than nine digits becomes the largest of 31 bits, which no vertex has.
 */
export function readNumbers(
	bytes: Uint8Array,
	from: number,
	count: number,
	into: Uint32Array,
	to: number,
): number {
	let at = from;
	for (let k = 0; k < count; k += 1) {
		const value = wholeNumber(bytes, at);
		if (value === NONE || (k < count - 1 && bytes[behind] !== SPACE)) return 0;
		into[to + k] = value;
		at = behind + 1;
	}
	return lineBehind(bytes, behind);
}

/**
 * Reads the rest of a line that is `count` corners as OBJ has them, `1/1/1 2/2/2 3/3/3`, into three numbers
 * each, counted from 1: position, texture coordinate, normal; 0 is one that is not named. Gives the same.
 */
export function readCorners(
	bytes: Uint8Array,
	from: number,
	count: number,
	into: Int32Array,
): number {
	let at = from;
	const last = count * 3 - 3;
	for (let k = 0; k <= last; k += 3) {
		into[k] = wholeNumber(bytes, at);
		into[k + 1] = 0;
		into[k + 2] = 0;
		if (bytes[behind] === SLASH && !readParts(bytes, into, k)) return 0;
		if (k < last && bytes[behind] !== SPACE) return 0;
		at = behind + 1;
	}
	return lineBehind(bytes, behind);
}

/** What follows a position; false where a number is wanting, or is 0, which counts nothing. */
function readParts(bytes: Uint8Array, into: Int32Array, k: number): boolean {
	const uv = wholeNumber(bytes, behind + 1);
	const isLast = bytes[behind] !== SLASH;
	if (uv === 0 || (uv === NONE && isLast)) return false;
	into[k + 1] = Math.max(uv, 0);
	if (isLast) return true;
	const normal = wholeNumber(bytes, behind + 1);
	into[k + 2] = normal;
	return normal > 0;
}

/**
 * Reads `count` numbers with a blank between, without exponents, each exact; gives where the last ended,
 * 0 where anything else stands.
 */
export function readDecimals(
	bytes: Uint8Array,
	from: number,
	count: number,
	into: Float64Array,
): number {
	let at = from;
	for (let k = 0; k < count; k += 1) {
		if (!readDecimal(bytes, at, into, k)) return 0;
		if (k < count - 1 && bytes[behind] !== SPACE) return 0;
		at = behind + 1;
	}
	return behind;
}

function readDecimal(bytes: Uint8Array, from: number, into: Float64Array, k: number): boolean {
	const isNegative = bytes[from] === MINUS;
	const start = isNegative ? from + 1 : from;
	const whole = wholeNumber(bytes, start);
	if (whole === NONE || whole === TOO_LARGE) return false;
	let value = whole;
	if (bytes[behind] === DOT) {
		const point = behind;
		const fraction = wholeNumber(bytes, point + 1);
		const places = behind - point - 1;
		if (fraction === NONE || fraction === TOO_LARGE) return false;
		if (point - start + places > EXACT_DIGITS) return false;
		const ten = TENS[places] ?? 1;
		value = (whole * ten + fraction) / ten;
	}
	into[k] = isNegative ? -value : value;
	return (bytes[behind] ?? 0) <= SPACE;
}

function wholeNumber(bytes: Uint8Array, from: number): number {
	let at = from;
	let value = 0;
	for (let digit = (bytes[at] ?? 0) - ZERO; digit >>> 0 < 10; digit = (bytes[at] ?? 0) - ZERO) {
		value = (Math.imul(value, 10) + digit) | 0;
		at += 1;
	}
	behind = at;
	if (at - from > MOST_DIGITS) return TOO_LARGE;
	return at === from ? NONE : value;
}

/** Where the next line begins; 0 when this one is not at its end. */
export function lineBehind(bytes: Uint8Array, from: number): number {
	let at = from;
	while (bytes[at] === SPACE || bytes[at] === CR) at += 1;
	return bytes[at] === LF ? at + 1 : 0;
}
