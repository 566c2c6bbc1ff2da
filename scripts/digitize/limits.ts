import { RefusalError, refuse } from './refusal-error.ts';

/** The most triangles version 1 digitises: what one wasm heap of 4 GB simplifies with attributes. */
export const MAX_TRIANGLES = 30_000_000;

/** The most pixels a texture may have: 10,000 by 10,000. */
export const MAX_TEXTURE_PIXELS = 100_000_000;

/** A file that holds less than this share of what its counts promise was never that long. */
const PLAUSIBLE_SHARE = 1 / 16;

/** Refuses with `scan-too-large` when a scan has more triangles than version 1 takes. */
export function guardTriangles(triangles: number, name: string): void {
	if (triangles <= MAX_TRIANGLES) return;
	const millions = Math.round(MAX_TRIANGLES / 1e6);
	refuse(
		'scan-too-large',
		`${name} has more than ${millions} million triangles — simplify it or split it first`,
	);
}

/**
 * Refuses when `neededBytes` exceed `presentBytes`: `file-truncated` when most of it may once have
 * been there, `count-impossible` when the counts are out of all proportion to the file.
 */
export function guardBytes(neededBytes: number, presentBytes: number, name: string): void {
	if (neededBytes <= presentBytes) return;
	if (presentBytes >= neededBytes * PLAUSIBLE_SHARE) truncated(name);
	impossibleCount(name);
}

/** What to say when a scan needs more memory than a run may have: `memory-exhausted`. */
export function memoryExhausted(name: string): RefusalError {
	return new RefusalError(
		'memory-exhausted',
		`${name} needs more memory than there is — simplify it or split it first`,
	);
}

/** What to say when a scan ended the process that read it, by a fault in native code: `reader-crashed`. */
export function readerCrashed(name: string): RefusalError {
	return new RefusalError(
		'reader-crashed',
		`${name} broke off the program that reads it — export it again, or in another format`,
	);
}

/** Refuses with `file-truncated`. */
export function truncated(name: string): never {
	return refuse(
		'file-truncated',
		`${name} ends before its content does — copy or export it again, the transfer was cut`,
	);
}

/** Refuses with `count-impossible`. */
export function impossibleCount(name: string): never {
	return refuse(
		'count-impossible',
		`${name} announces more elements than the file can hold — export it again, its header is wrong`,
	);
}

/** Refuses with `index-out-of-range`. */
export function indexOutOfRange(name: string): never {
	return refuse(
		'index-out-of-range',
		`${name} has a triangle that points at a vertex which does not exist — repair the mesh and export it again`,
	);
}

/** Refuses with `position-not-finite`. */
export function positionNotFinite(name: string): never {
	return refuse(
		'position-not-finite',
		`${name} has a vertex whose position is not a number — remove broken vertices and export it again`,
	);
}
