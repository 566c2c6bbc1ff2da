import type { Request } from 'express';
import fresh from 'fresh';
import parseRange from 'range-parser';

/**
 * `If-None-Match` (RFC 9110 §13.1.2): true when the client already has it. Weak comparison. A reload
 * (`Cache-Control: no-cache`) changes nothing: the bytes under a tag are always the same.
 */
export function isKnown(req: Request, etag: string): boolean {
	return fresh({ 'if-none-match': req.get('If-None-Match') }, { etag });
}

/**
 * `If-Match` (§13.1.1): false when the client wants another version. Strong comparison, which `fresh`
 * does not know. Entity tags hold no commas here (they are hashes).
 */
export function isWanted(req: Request, etag: string): boolean {
	const header = req.get('If-Match');
	if (header === undefined) return true;
	return header.split(',').some((tag) => tag.trim() === '*' || tag.trim() === etag);
}

/** Bytes asked for, both ends included, or why the whole is given instead. */
export type AskedRange = { start: number; end: number } | 'whole' | 'unsatisfiable';

/** A last part longer than all there is means all there is (§14.1.2); `range-parser` refuses it. */
function clampSuffix(header: string, sizeBytes: number): string {
	return header.replace(/=\s*-(\d+)$/, (_, length) => `=-${Math.min(Number(length), sizeBytes)}`);
}

/**
 * The one range of `Range` and `If-Range` (§14.1.2, §13.1.5). An end past the size is clamped; a
 * start past it is unsatisfiable. Several ranges, other units and what does not parse give the
 * whole, as the standard allows. A date in `If-Range` never matches: the strong tag is the validator.
 */
export function askedRange(req: Request, etag: string, sizeBytes: number): AskedRange {
	const header = req.get('Range')?.trim();
	if (header === undefined || !/^bytes=/i.test(header)) return 'whole';
	const ifRange = req.get('If-Range');
	if (ifRange !== undefined && ifRange.trim() !== etag) return 'whole';
	const ranges = parseRange(sizeBytes, clampSuffix(header, sizeBytes));
	if (typeof ranges !== 'number') {
		const [only, ...others] = ranges;
		return only && others.length === 0 ? { start: only.start, end: only.end } : 'whole';
	}
	// An end before its start is no range of anything, however long: it is not one past the end.
	const isRange = typeof parseRange(Number.POSITIVE_INFINITY, header) !== 'number';
	return isRange ? 'unsatisfiable' : 'whole';
}
