import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

type Behaviour = 'good' | 'refuse' | 'fail' | 'hang';

/**
 * Stands in for the pipeline where a test is about what happens around it: the "scan" is JSON that
 * says how to behave. `marker` names a file written by the first run, with its process id, so that
 * the second run behaves well. `refined` makes the piece textured, and says the same of the runs that
 * make KTX2. `others` are further files by their names; `tiles` is one of them.
 */
interface FakeScan {
	behaviour: Behaviour;
	marker?: string;
	refined?: { behaviour: Behaviour; marker?: string; changes?: boolean };
	others?: Record<string, string>;
	tiles?: string;
}

const [file = '', , outDir = ''] = process.argv.slice(2);
const scan = JSON.parse(readFileSync(file, 'utf8')) as FakeScan;
const makesKtx2 = process.argv.includes('--ktx2');
const how = (makesKtx2 ? scan.refined : scan) ?? scan;
const input = basename(file);

function say(event: object): void {
	process.stdout.write(`${JSON.stringify(event)}\n`);
}

function write(name: string, bytes: Buffer): { file: string; bytes: number; sha256: string } {
	mkdirSync(dirname(join(outDir, name)), { recursive: true });
	writeFileSync(join(outDir, name), bytes);
	return {
		file: name,
		bytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
	};
}

function texturedTier(): object {
	const model = write('low.glb', Buffer.from(`${input} with pictures`));
	const tier = { ...model, tier: 'low', triangles: 1, texturePx: 512, errorM: 0, gpuBytes: 9 };
	const entry = { ...tier, brotliBytes: model.bytes };
	if (!makesKtx2) return entry;
	const better = write('low.ktx2.glb', Buffer.from(`${input} with better pictures`));
	return { ...entry, ktx2: { ...better, gpuBytes: 3, brotliBytes: better.bytes } };
}

function makeGood(): void {
	mkdirSync(outDir, { recursive: true });
	const salt = makesKtx2 && scan.refined?.changes === true ? 'other' : input;
	const model = write('thumb.glb', Buffer.concat([Buffer.from(salt), Buffer.alloc(5000)]));
	const small = write('thumb.glb.br', brotliCompressSync(readFileSync(join(outDir, 'thumb.glb'))));
	for (const [name, text] of Object.entries(scan.others ?? {})) write(name, Buffer.from(text));
	write('poster.webp', Buffer.from('a picture'));
	const says = makesKtx2 ? 'all of it' : 'what a page needs';
	write('report.json', Buffer.from(JSON.stringify({ says })));
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
			...(scan.refined ? [texturedTier()] : []),
		],
		...(scan.tiles ? { tiles: { file: scan.tiles, errorM: 1 } } : {}),
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
const isSecondRun = how.marker !== undefined && existsSync(how.marker);
if (how.marker) writeFileSync(how.marker, String(process.pid));
if (how.behaviour === 'good' || isSecondRun) makeGood();
else if (how.behaviour === 'refuse') {
	say({
		event: 'refused',
		input,
		code: 'file-truncated',
		message: 'read: the file ends too early',
	});
	process.exitCode = 3;
} else if (how.behaviour === 'fail') process.exitCode = 1;
else setInterval(() => {}, 1000);
