import { OutOfRangeError } from '../errors.ts';
import type { ByteRange } from './object-store.ts';

/**
 * First and last byte to read of an object of `sizeBytes`, both included: an end past the object
 * is clamped (RFC 9110 §14.1.2), a start past it throws OutOfRangeError.
 */
export function clampRange(range: ByteRange, sizeBytes: number): { start: number; end: number } {
	const { start, end = sizeBytes - 1 } = range;
	if (start < 0 || start >= sizeBytes || end < start) {
		throw new OutOfRangeError(`open: bytes ${start} to ${end} lie outside ${sizeBytes} bytes`);
	}
	return { start, end: Math.min(end, sizeBytes - 1) };
}
