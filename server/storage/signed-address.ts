import { createHmac, timingSafeEqual } from 'node:crypto';
import { objectKey } from './object-key.ts';
import type { SignatureVerdict, SignOptions } from './object-store.ts';

/** `n` is length-prefixed by being last: no two (hash, expiry, name) give the same text. */
function signature(secret: Uint8Array, sha256: string, expires: string, name: string): Buffer {
	return createHmac('sha256', secret).update(`${sha256}\n${expires}\n${name}`).digest();
}

/** Root-relative address of an object that works for `expiresS` seconds; the app serves it. */
export function signAddress(secret: Uint8Array, sha256: string, options: SignOptions): string {
	objectKey(sha256);
	const e = String(Math.floor(Date.now() / 1000) + options.expiresS);
	const n = options.fileName ?? '';
	const s = signature(secret, sha256, e, n).toString('base64url');
	const query = new URLSearchParams(n ? { e, n, s } : { e, s });
	return `/objects/signed/${sha256}?${query}`;
}

/**
 * Checks what stands behind the `?` of such an address. Constant-time; the expiry is told apart only
 * for addresses that are genuine, so a forger learns nothing from it.
 */
export function verifyAddress(
	secret: Uint8Array,
	sha256: string,
	query: URLSearchParams,
): SignatureVerdict {
	const e = query.get('e') ?? '';
	const n = query.get('n') ?? '';
	const s = query.get('s') ?? '';
	const given = Buffer.from(s, 'base64url');
	const wanted = signature(secret, sha256, e, n);
	// Decoding is lax: only the one canonical spelling counts.
	const isCanonical = given.toString('base64url') === s && given.length === wanted.length;
	if (!isCanonical || !timingSafeEqual(given, wanted)) return { verdict: 'forbidden' };
	if (!/^\d{1,12}$/.test(e) || Number(e) * 1000 <= Date.now()) return { verdict: 'expired' };
	return n ? { verdict: 'ok', fileName: n } : { verdict: 'ok' };
}
