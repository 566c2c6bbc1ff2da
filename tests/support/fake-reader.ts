import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { isMainThread, Worker } from 'node:worker_threads';

/*
 * Stands in for a reader that a hostile scan has turned: it tries every way to the network, in its own
 * thread and in a worker's, or takes all the memory there is.
 *
 *   fake-reader.ts network OUT        writes what each attempt ended with
 *   fake-reader.ts devour OUT…        leaves a half-written folder at its first input, then dies
 */

const [behaviour, ...outs] = process.argv.slice(2);
if (behaviour === 'network') await reachOut(outs[0] ?? '');
else devour();

async function reachOut(out: string): Promise<void> {
	const attempts: [string, () => Promise<unknown>][] = [
		['socket', () => opened(connect(40_404, '127.0.0.1'))],
		['http', () => opened(get('http://127.0.0.1:40404/'))],
		['fetch', () => fetch('http://127.0.0.1:40404/')],
		['name', async () => (await import('node:dns/promises')).lookup('localhost')],
		['datagram', async () => sendDatagram()],
	];
	const ends: Record<string, string> = {};
	for (const [name, attempt] of attempts) {
		ends[name] = await (async () => attempt())().then(() => 'open', codeOf);
	}
	writeFileSync(`${out}-${isMainThread ? 'main' : 'worker'}.json`, JSON.stringify(ends));
	if (isMainThread) new Worker(import.meta.filename, { argv: process.argv.slice(2) });
}

function opened(socket: NodeJS.EventEmitter): Promise<unknown> {
	return new Promise((settle, fail) => {
		socket.on('connect', settle).on('response', settle).on('error', fail);
	});
}

async function sendDatagram(): Promise<void> {
	const { createSocket } = await import('node:dgram');
	createSocket('udp4').send('x', 40_404, '127.0.0.1');
}

function codeOf(error: unknown): string {
	const { code, cause } = error as { code?: string; cause?: { code?: string } };
	return code ?? cause?.code ?? String(error);
}

function devour(): void {
	const from = Number(process.env.XISHAN_DIGITIZE_FROM);
	process.send?.({ begun: from });
	if (from > 0) {
		mkdirSync(outs[from] ?? '');
		return;
	}
	const out = outs[0] ?? '';
	const folder = out.slice(0, out.lastIndexOf('/'));
	mkdirSync(`${folder}/.${out.slice(folder.length + 1)}.digitize-${process.pid}`, {
		recursive: true,
	});
	const kept: number[][] = [];
	while (kept.length >= 0) kept.push(new Array(1_000_000).fill(Math.random()));
}
