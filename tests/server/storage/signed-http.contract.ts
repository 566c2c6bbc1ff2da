import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ObjectStore } from '../../../server/storage/object-store.ts';

const SIZE = 5000;

export interface SignedHttp {
	store: ObjectStore;
	/** Stands before root-relative addresses. */
	origin: string;
}

/**
 * What an address of `signGet` answers over HTTP, whoever serves it: our own route for stores on
 * this machine, the S3 server for the others. `refusals`: how an expired one is answered.
 */
export function signedHttpContract(parts: () => SignedHttp, refusals: { expired: number }): void {
	const sign = async (hash: string, options: { expiresS: number; fileName?: string }) =>
		new URL(await parts().store.signGet(hash, options), parts().origin);

	async function anAddress() {
		const bytes = randomBytes(SIZE);
		const { sha256 } = await parts().store.put(bytes);
		return { bytes, sha256, address: await sign(sha256, { expiresS: 60 }) };
	}

	async function bytesOf(answer: Response): Promise<Buffer> {
		return Buffer.from(await answer.arrayBuffer());
	}

	test('over HTTP: a signed address gives the bytes to whoever has it, under the name asked for', async () => {
		const { bytes, sha256 } = await anAddress();
		const address = await sign(sha256, { expiresS: 60, fileName: '鸱吻.glb' });
		const answer = await fetch(address);
		expect(answer.status).toBe(200);
		expect((await bytesOf(answer)).equals(bytes)).toBe(true);
		expect(answer.headers.get('accept-ranges')).toBe('bytes');
		const disposition = decodeURIComponent(answer.headers.get('content-disposition') ?? '');
		expect(disposition).toContain('attachment');
		expect(disposition).toContain('鸱吻.glb');
	});

	test('over HTTP: ranges give their part, clamped at the end, refused past it', async () => {
		const { bytes, address } = await anAddress();
		const part = async (range: string) => fetch(address, { headers: { range } });
		const clamped = await part('bytes=4990-9999');
		expect(clamped.status).toBe(206);
		expect(clamped.headers.get('content-range')).toBe(`bytes 4990-4999/${SIZE}`);
		expect((await bytesOf(clamped)).equals(bytes.subarray(4990))).toBe(true);
		const suffix = await part('bytes=-5');
		expect((await bytesOf(suffix)).equals(bytes.subarray(-5))).toBe(true);
		expect((await part(`bytes=${SIZE}-`)).status).toBe(416);
	});

	test('over HTTP: conditional requests are answered by a strong tag', async () => {
		const { bytes, address } = await anAddress();
		const tag = (await fetch(address)).headers.get('etag') ?? '';
		expect(tag).toMatch(/^"/);
		const ask = (headers: Record<string, string>) => fetch(address, { headers });
		expect((await ask({ 'if-none-match': tag })).status).toBe(304);
		expect((await ask({ 'if-none-match': '"another"' })).status).toBe(200);
		expect((await ask({ 'if-match': tag })).status).toBe(200);
		expect((await ask({ 'if-match': '"another"' })).status).toBe(412);
		const same = await ask({ range: 'bytes=0-1', 'if-match': tag });
		expect((await bytesOf(same)).equals(bytes.subarray(0, 2))).toBe(true);
	});

	test('over HTTP: a tampered address, or one for another object, is refused', async () => {
		const { address, sha256 } = await anAddress();
		const other = await anAddress();
		const moved = new URL(address);
		moved.pathname = other.address.pathname;
		expect((await fetch(moved)).status).toBe(403);
		expect((await fetch(address.href.slice(0, -1))).status).toBe(403);
		const longer = new URL(address);
		for (const name of ['e', 'X-Amz-Expires']) {
			const until = longer.searchParams.get(name);
			if (until) longer.searchParams.set(name, String(Number(until) + 600));
		}
		expect(longer.href).not.toBe(address.href);
		expect((await fetch(longer)).status).toBe(403);
		expect((await fetch(await sign(sha256, { expiresS: 60 }))).status).toBe(200);
	});

	test('over HTTP: an expired address is refused', async () => {
		const { sha256 } = await anAddress();
		const address = await sign(sha256, { expiresS: 1 });
		await new Promise((done) => setTimeout(done, 2100));
		expect((await fetch(address)).status).toBe(refusals.expired);
	});
}
