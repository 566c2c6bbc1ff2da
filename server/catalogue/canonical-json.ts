import { createHash } from 'node:crypto';

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	entries.sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/**
 * JSON with keys in code-unit order, no blanks and no undefined members: the same data always gives
 * the same text (RFC 8785 for what a catalogue holds: no exotic numbers, no lone surrogates).
 */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(sorted(value));
}

/** SHA-256 in hexadecimal of a document's canonical JSON: its identity across revisions and machines. */
export function documentHash(value: unknown): string {
	return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
