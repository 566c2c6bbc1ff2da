import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ObjectStore } from '../../../server/storage/object-store.ts';

function opened(address: string) {
	const url = new URL(address, 'http://site.invalid');
	return { path: url.pathname, query: url.searchParams };
}

/** What the addresses of stores keep whose objects this server hands out itself. */
export function signedAddressContract(store: () => ObjectStore): void {
	test('a signed address opens its own object until it expires', async () => {
		const { sha256 } = await store().put(randomBytes(10));
		const { path, query } = opened(await store().signGet(sha256, { expiresS: 60 }));
		expect(path).toBe(`/objects/signed/${sha256}`);
		expect(store().verifySignedGet(sha256, query)).toEqual({ verdict: 'ok' });
		const late = opened(await store().signGet(sha256, { expiresS: 0 }));
		expect(store().verifySignedGet(sha256, late.query)).toEqual({ verdict: 'expired' });
	});

	test('a signed address carries the name to save the object as', async () => {
		const { sha256 } = await store().put(randomBytes(10));
		const fileName = '琉璃鸱吻 & "friends".glb';
		const { query } = opened(await store().signGet(sha256, { expiresS: 60, fileName }));
		expect(store().verifySignedGet(sha256, query)).toEqual({ verdict: 'ok', fileName });
	});

	test('changing the object, the expiry, the name or the signature spoils the address', async () => {
		const { sha256 } = await store().put(randomBytes(10));
		const other = await store().put(randomBytes(10));
		const address = await store().signGet(sha256, { expiresS: 60, fileName: 'a.glb' });
		const { query } = opened(address);
		expect(store().verifySignedGet(other.sha256, query)).toEqual({ verdict: 'forbidden' });
		const signature = String(query.get('s'));
		const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
		const changes = { e: String(Number(query.get('e')) + 1), n: 'b.glb', s: flipped };
		for (const [key, value] of Object.entries(changes)) {
			const changed = new URLSearchParams(query);
			changed.set(key, value);
			expect(store().verifySignedGet(sha256, changed)).toEqual({ verdict: 'forbidden' });
		}
		for (const key of ['e', 'n', 's']) {
			const shorter = new URLSearchParams(query);
			shorter.delete(key);
			expect(store().verifySignedGet(sha256, shorter)).toEqual({ verdict: 'forbidden' });
		}
		const padded = new URLSearchParams(query);
		padded.set('s', `${signature}=`);
		expect(store().verifySignedGet(sha256, padded)).toEqual({ verdict: 'forbidden' });
	});
}
