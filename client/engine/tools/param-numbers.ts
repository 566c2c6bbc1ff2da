/** Longer than any tool writes; what is longer is not even looked at. */
const MAX_LENGTH = 120;
const NUMBER = /^-?\d{1,6}(?:\.\d{1,9})?$/;

/** Numbers as an address holds them (`12,-3.5`): undefined unless every part is a plain decimal. */
export function readNumbers(text: string): number[] | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	const parts = text.split(',');
	return parts.every((part) => NUMBER.test(part)) ? parts.map(Number) : undefined;
}

/** Numbers for an address, at most `decimals` behind the point and none that say nothing. */
export function writeNumbers(values: readonly number[], decimals: number): string {
	// The sum turns −0 into 0.
	return values.map((value) => String(Number(value.toFixed(decimals)) + 0)).join(',');
}
