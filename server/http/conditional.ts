import type { Request } from 'express';

/** Splits `If-Match` and `If-None-Match`; entity tags hold no commas here (they are hashes). */
function tags(header: string): string[] {
	return header.split(',').map((tag) => tag.trim());
}

/** `If-None-Match` (RFC 9110 §13.1.2): true when the client already has it. Weak comparison. */
export function isKnown(req: Request, etag: string): boolean {
	const header = req.get('If-None-Match');
	if (header === undefined) return false;
	return tags(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/** `If-Match` (§13.1.1): false when the client wants another version. Strong comparison. */
export function isWanted(req: Request, etag: string): boolean {
	const header = req.get('If-Match');
	return header === undefined || tags(header).some((tag) => tag === '*' || tag === etag);
}

/** Bytes asked for, both ends included, or why the whole is given instead. */
export type AskedRange = { start: number; end: number } | 'whole' | 'unsatisfiable';

/**
 * The one range of `Range` and `If-Range` (§14.1.2, §13.1.5). An end past the size is clamped; a
 * start past it is unsatisfiable. Several ranges, other units and what does not parse give the
 * whole, as the standard allows. A date in `If-Range` never matches: the strong tag is the validator.
 */
export function askedRange(req: Request, etag: string, sizeBytes: number): AskedRange {
	const match = /^bytes=(\d*)-(\d*)$/i.exec(req.get('Range')?.trim() ?? '');
	if (!match) return 'whole';
	const ifRange = req.get('If-Range');
	if (ifRange !== undefined && ifRange.trim() !== etag) return 'whole';
	const [, first = '', last = ''] = match;
	if (first === '') return suffix(last, sizeBytes);
	const start = Number(first);
	const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
	if (last !== '' && Number(last) < start) return 'whole';
	return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}

function suffix(length: string, sizeBytes: number): AskedRange {
	if (length === '') return 'whole';
	if (Number(length) === 0 || sizeBytes === 0) return 'unsatisfiable';
	return { start: Math.max(0, sizeBytes - Number(length)), end: sizeBytes - 1 };
}
