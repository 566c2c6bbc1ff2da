const marks = new WeakMap<object, readonly string[]>();

/** Notes which places of an answer were not understood and are missing from what was read. */
export function markLeftOut(data: unknown, leftOut: readonly string[]): void {
	if (typeof data === 'object' && data !== null && leftOut.length > 0) marks.set(data, leftOut);
}

/** The places of an answer that were not understood and are missing from it. */
export function leftOutOf(data: object | undefined): readonly string[] {
	return (data && marks.get(data)) ?? [];
}
