import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/**
 * Stands in for the pipeline where a test is about what happens around it: the "scan" is JSON that
 * says how to behave. `marker` names a file written by the first run, with its process id, so that
 * the second run behaves well.
 */
interface FakeScan {
	behaviour: 'good' | 'refuse' | 'fail' | 'hang' | 'devour';
	marker?: string;
}

const [file = '', , outDir = ''] = process.argv.slice(2);
const scan = JSON.parse(readFileSync(file, 'utf8')) as FakeScan;
const input = basename(file);

function say(event: object): void {
	process.stdout.write(`${JSON.stringify(event)}\n`);
}

function write(name: string, bytes: Buffer): { file: string; bytes: number; sha256: string } {
	writeFileSync(join(outDir, name), bytes);
	return {
		file: name,
		bytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
	};
}

function makeGood(): void {
	mkdirSync(outDir, { recursive: true });
	const model = write('thumb.glb', Buffer.concat([Buffer.from(input), Buffer.alloc(5000)]));
	const small = write('thumb.glb.br', brotliCompressSync(readFileSync(join(outDir, 'thumb.glb'))));
	write('poster.webp', Buffer.from('a picture'));
	write('report.json', Buffer.from('{}'));
	const manifest = {
		format: 'xishan-asset/1',
		kind: 'mesh',
		bounds: { min: [0, 0, 0], max: [1, 1, 1] },
		source: { name: input, bytes: 1, sha256: '0'.repeat(64), triangles: 1, unit: 'm', up: 'Y' },
		tiers: [
			{
				...model,
				tier: 'thumb',
				triangles: 1,
				texturePx: 0,
				errorM: 0,
				gpuBytes: 1,
				brotliBytes: small.bytes,
			},
		],
		poster: { file: 'poster.webp', widthPx: 1, heightPx: 1 },
		report: 'report.json',
		recipe: {
			tools: {},
			options: { arguments: process.argv.slice(5), environment: Object.keys(process.env) },
		},
	};
	write('manifest.json', Buffer.from(JSON.stringify(manifest)));
	say({ event: 'progress', input, stage: 'report', progress: 1 });
	say({ event: 'done', input, manifest: join(outDir, 'manifest.json') });
}

say({ event: 'progress', input, stage: 'read', progress: 0.1 });
const isSecondRun = scan.marker !== undefined && existsSync(scan.marker);
if (scan.marker) writeFileSync(scan.marker, String(process.pid));
if (scan.behaviour === 'good' || isSecondRun) makeGood();
else if (scan.behaviour === 'refuse') {
	say({
		event: 'refused',
		input,
		code: 'file-truncated',
		message: 'read: the file ends too early',
	});
	process.exitCode = 3;
} else if (scan.behaviour === 'fail') process.exitCode = 1;
else if (scan.behaviour === 'hang') setInterval(() => {}, 1000);
else {
	const kept: number[][] = [];
	while (kept.length >= 0) kept.push(new Array(1_000_000).fill(Math.random()));
}
