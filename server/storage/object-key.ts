import { InvalidError } from '../errors.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** Where an object's key starts, in every store. */
export const KEY_PREFIX = 'sha256/';

/** `sha256/ab/cd/<hash>`: fans out so that no folder grows past some thousand entries. Throws InvalidError. */
export function objectKey(sha256: string): string {
	if (!SHA256.test(sha256)) throw new InvalidError('object: not a SHA-256 in lower-case hex');
	return `${KEY_PREFIX}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}

/** The hash at the end of a key, or null for keys that are not objects'. */
export function hashOfKey(key: string): string | null {
	const hash = key.slice(key.lastIndexOf('/') + 1);
	return SHA256.test(hash) && objectKey(hash) === key ? hash : null;
}
