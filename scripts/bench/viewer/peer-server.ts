import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { BenchScan } from './bench-scans.ts';

/** As the package ships it for pages without a build of their own: all in one file. */
const SCRIPT = fileURLToPath(import.meta.resolve('@google/model-viewer/dist/model-viewer.min.js'));

/** A server for pages that show each scan with model-viewer. Disposing closes it. */
export interface PeerServer extends AsyncDisposable {
	origin: string;
	version: string;
	/** The path of the page that shows a scan. */
	pageOf(scan: BenchScan): string;
}

function pageText(scan: BenchScan): string {
	return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>model-viewer</title>
<link rel="icon" href="data:,">
<style>body { margin: 0 } model-viewer { width: 100vw; height: 100vh }</style>
<script type="module" src="/model-viewer.min.js"></script>
<model-viewer src="/${scan.name}.glb" camera-controls></model-viewer>
`;
}

/**
 * Serves model-viewer as its documentation says a page is made: its own script, brotli 11, and the
 * original file, which is what a museum without a pipeline has.
 */
export async function startPeerServer(scans: readonly BenchScan[]): Promise<PeerServer> {
	const script = await promisify(brotliCompress)(await readFile(SCRIPT), {
		params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
	});
	const version = JSON.parse(await readFile(join(SCRIPT, '../../package.json'), 'utf8'))
		.version as string;
	const server = createServer((req, res) => {
		const [, name = '', ending = ''] = /^\/([a-z-]+)(?:\.(html|glb))?$/.exec(req.url ?? '') ?? [];
		const scan = scans.find((one) => one.name === name);
		if (req.url === '/model-viewer.min.js') {
			res.setHeader('Content-Encoding', 'br');
			sendText(res, 'text/javascript', script);
		} else if (scan !== undefined && ending === 'html') {
			sendText(res, 'text/html; charset=utf-8', Buffer.from(pageText(scan)));
		} else if (scan !== undefined && ending === 'glb') {
			void sendFile(res, scan.path);
		} else {
			res.writeHead(404).end();
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		version,
		pageOf: (scan) => `/${scan.name}.html`,
		async [Symbol.asyncDispose]() {
			server.close();
			server.closeAllConnections();
		},
	};
}

function sendText(res: ServerResponse, type: string, body: Buffer): void {
	res.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(body);
}

async function sendFile(res: ServerResponse, path: string): Promise<void> {
	const { size } = await stat(path);
	res.writeHead(200, { 'Content-Type': 'model/gltf-binary', 'Content-Length': size });
	createReadStream(path).pipe(res);
}
