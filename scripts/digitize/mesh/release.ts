/**
 * Gives the memory of large arrays back at once, without waiting for the collector, which sees no
 * hurry where a heap is small. They are empty afterwards. A part of a larger buffer stays as it is, and
 * so does what threads share.
 */
export function release(...arrays: (ArrayBufferView | undefined)[]): void {
	for (const array of arrays) {
		const buffer = array?.buffer;
		if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== array?.byteLength) continue;
		buffer.transfer(0);
	}
}
