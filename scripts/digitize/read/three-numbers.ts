const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
/** So many digits always fit 32 bits. */
const MOST_DIGITS = 9;

/**
 * Reads the rest of a line that is three whole numbers with a blank between, as nearly every face of a
 * scan is, into `into` from `to` on. Gives where the next line begins; 0 where anything else stands.
 */
export function readThreeNumbers(
	bytes: Uint8Array,
	from: number,
	into: Uint32Array,
	to: number,
): number {
	let filled = 0;
	let value = 0;
	let start = from;
	for (let at = from; ; at += 1) {
		const c = bytes[at] ?? 0;
		if (c >= ZERO && c <= NINE) {
			value = value * 10 + (c - ZERO);
			continue;
		}
		if (at === start || at - start > MOST_DIGITS) return 0;
		into[to + filled] = value;
		filled += 1;
		if (filled === 3) return lineBehind(bytes, at);
		if (c !== SPACE) return 0;
		value = 0;
		start = at + 1;
	}
}

/** Where the next line begins; 0 when this one is not at its end. */
function lineBehind(bytes: Uint8Array, from: number): number {
	let at = from;
	while (bytes[at] === SPACE || bytes[at] === CR) at += 1;
	return bytes[at] === LF ? at + 1 : 0;
}
