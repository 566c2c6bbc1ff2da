import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sirv from 'sirv';
import { type ClientManifest, readClientManifest } from './client-manifest.ts';

/** How often the folder is looked at: a rebuilt client appears without a restart. */
const LOOK_EVERY_MS = 1000;
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** A built client, open to be served. */
export interface ClientFolder {
	/** Serves its files. */
	serve: ReturnType<typeof sirv>;
	/** The page that every address of the client opens. */
	html: string;
	manifest: ClientManifest;
}

async function openFolder(folder: string): Promise<ClientFolder> {
	const serve = sirv(folder, {
		etag: true,
		brotli: true,
		setHeaders(res, pathname) {
			// Vite puts a hash of the content into every name below /assets.
			res.setHeader('Cache-Control', pathname.startsWith('/assets/') ? IMMUTABLE : 'no-cache');
		},
	});
	const [html, manifest] = await Promise.all([
		readFile(join(folder, 'index.html'), 'utf8'),
		readClientManifest(folder),
	]);
	return { serve, html, manifest };
}

/** Finds the built client, undefined while there is none; a new build (another index.html) is opened anew. */
export function findClient(folder: string): () => Promise<ClientFolder | undefined> {
	let opened: { at: number; client: ClientFolder } | undefined;
	let lookedAt = Number.NEGATIVE_INFINITY;
	return async () => {
		if (performance.now() - lookedAt < LOOK_EVERY_MS) return opened?.client;
		lookedAt = performance.now();
		const index = await stat(join(folder, 'index.html')).catch(() => undefined);
		if (!index) opened = undefined;
		else if (opened?.at !== index.mtimeMs) {
			// Between two builds the file may be gone again; then the next look decides.
			const client = await openFolder(folder).catch(() => undefined);
			opened = client && { at: index.mtimeMs, client };
		}
		return opened?.client;
	};
}
