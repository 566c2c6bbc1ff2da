import { createHash, randomBytes } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { fetchFile } from '../../../../client/engine/stage/fetch-file.ts';
import { PartialFiles } from '../../../../client/engine/stage/partial-files.ts';
import { insertFiles } from '../../../../server/assets/asset-files.ts';
import { giveAsset } from '../../../support/assets.ts';
import { publish } from '../../../support/catalogue.ts';
import { aMuseum, anArtefact } from '../../../support/records.ts';
import { startTestServer, type TestServer } from '../../../support/test-server.ts';

const ASSET = 'a'.repeat(32);
/** Half of it can be packed; large enough to come in many parts. */
const MODEL = Buffer.concat([randomBytes(1_000_000), Buffer.alloc(1_000_000, 'xishan')]);
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer();
	const { store, db } = server.context;
	const packed = brotliCompressSync(MODEL, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
	for (const bytes of [MODEL, packed]) await store.put(bytes);
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	const job = '00000000-0000-4000-8000-000000000000';
	await giveAsset(db, 'ridge-beast', { id: ASSET, status: 'ready', job });
	const file = { sha256: hashOf(MODEL), bytes: MODEL.length, isPublic: true };
	const brotli = { brotliSha256: hashOf(packed), brotliBytes: packed.length };
	await db.orm.transaction((tx) =>
		insertFiles(tx, ASSET, [
			{ name: 'plain.glb', ...file },
			{ name: 'packed.glb', ...file, ...brotli },
		]),
	);
});
afterAll(() => server?.[Symbol.asyncDispose]());
afterEach(() => void vi.unstubAllGlobals());

/** Takes what a browser takes (packed, but for parts), and remembers what was answered. */
function watchAnswers(): Response[] {
	const answers: Response[] = [];
	const { fetch } = globalThis;
	vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
		const headers = new Headers(init.headers);
		headers.set('accept-encoding', headers.has('range') ? 'identity' : 'gzip, br');
		const answer = await fetch(url, { ...init, headers });
		answers.push(answer);
		return answer;
	});
	return answers;
}

it.each([
	['plain.glb', null],
	['packed.glb', 'br'],
])('our server lets a dropped transfer of %s go on where it ended', async (name, encoding) => {
	const answers = watchAnswers();
	const kept = new PartialFiles();
	const url = `${server.origin}/objects/assets/${ASSET}/${name}`;
	const stop = new AbortController();
	const first = fetchFile({
		...{ url, sizeBytes: MODEL.length, partials: kept, signal: stop.signal },
		onProgress: () => stop.abort(new Error('the page is hidden')),
	});
	await expect(first).rejects.toThrow('the page is hidden');
	const there = kept.totalBytes;
	expect(there).toBeGreaterThan(0);
	expect(there).toBeLessThan(MODEL.length);

	const { signal } = new AbortController();
	const bytes = Buffer.from(
		await fetchFile({ url, sizeBytes: MODEL.length, partials: kept, signal }),
	);
	expect(bytes.equals(MODEL)).toBe(true);
	const [whole, rest, ...others] = answers;
	expect(others).toEqual([]);
	expect([whole?.status, whole?.headers.get('content-encoding')]).toEqual([200, encoding]);
	expect([rest?.status, rest?.headers.get('content-encoding')]).toEqual([206, null]);
	expect(rest?.headers.get('content-range')).toBe(
		`bytes ${there}-${MODEL.length - 1}/${MODEL.length}`,
	);
});
