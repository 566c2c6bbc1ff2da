import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a check of a token finds: `forbidden` is not of our making for this asset. */
type TokenVerdict = 'ok' | 'forbidden' | 'expired';

/** The words before the asset keep such a signature from being one of anything else. */
function signature(secret: Uint8Array, asset: string, expires: string): Buffer {
	return createHmac('sha256', secret).update(`signed-asset\n${asset}\n${expires}`).digest();
}

/**
 * Root-relative address of a whole asset that works for `expiresS` seconds, without a trailing slash.
 * The token is a part of the path, so that files which name each other by relative paths (tiles,
 * HLS) find each other below it.
 */
export function signedAssetAddress(secret: Uint8Array, asset: string, expiresS: number): string {
	const expires = String(Math.floor(Date.now() / 1000) + expiresS);
	const signed = signature(secret, asset, expires).toString('base64url');
	return `/objects/signed-assets/${asset}/${expires}.${signed}`;
}

/** Checks the token of such an address. Constant-time; the expiry is told apart only for genuine ones. */
export function verifyAssetToken(secret: Uint8Array, asset: string, token: string): TokenVerdict {
	const [expires = '', signed = '', ...more] = token.split('.');
	const given = Buffer.from(signed, 'base64url');
	const wanted = signature(secret, asset, expires);
	// Decoding is lax: only the one canonical spelling counts.
	const isCanonical = given.toString('base64url') === signed && given.length === wanted.length;
	if (more.length > 0 || !isCanonical || !timingSafeEqual(given, wanted)) return 'forbidden';
	return /^\d{1,12}$/.test(expires) && Number(expires) * 1000 > Date.now() ? 'ok' : 'expired';
}
