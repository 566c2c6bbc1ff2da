import { createHash, randomBytes, randomInt } from 'node:crypto';

/** As many bits as nobody guesses. */
const TOKEN_BYTES = 32;
/** Without 0, 1, I, L, O and U: read aloud or off a screen, none is taken for another, and no words come up. */
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;

/** A secret for one holder; `prefix` says what it is for, to people and to scanners of leaked secrets. */
export function newToken(prefix: string): string {
	return `${prefix}_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** A short code for people: about 39 bits, so only good where it lives for minutes and attempts are counted. */
export function newCode(): string {
	return Array.from(
		{ length: CODE_LENGTH },
		() => CODE_LETTERS[randomInt(CODE_LETTERS.length)],
	).join('');
}

/** What is stored of a token: long random ones need no slow hash. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
