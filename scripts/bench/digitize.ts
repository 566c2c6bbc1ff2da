import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Outcome } from './digitize/compare.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SCAN = resolve(ROOT, '../shared/scans/whale_cranium.glb');
/** The bench of the readers. */
const READING = resolve(import.meta.dirname, 'read-meshes.ts');
/** Cuts an edge; 100,000 triangles become 900,000. */
const CUTS = 3;
const DENSE_TRIANGLES = 1_000_000;
/** A million triangles to about 300,000. */
const SHARE = 1 / 3;

const [first, ...rest] = process.argv.slice(2);
// Each loads only what it needs: the pass is measured from the start of its process.
if (first === '--pass') {
	const { simplifyPass } = await import('./digitize/simplify-pass.ts');
	const [from = '', to = '', triangles = ''] = rest;
	await simplifyPass(from, to, Number(triangles));
} else {
	await bench(first === undefined ? [] : [first, ...rest]);
}

/** Runs every program on the same files, one after the other, and prints ratios; asserts nothing. */
async function bench(given: string[]): Promise<void> {
	const { compare, wholeLadder } = await import('./digitize/compare.ts');
	const folder = await mkdtemp(join(tmpdir(), 'xishan-bench-'));
	try {
		const files = given.length > 0 ? given.map((path) => resolve(path)) : await dense(folder);
		for (const file of files) {
			console.log(`\n${basename(file)} to ${Math.round(SHARE * 100)} % of its triangles`);
			printTable(await compare(file, SHARE, folder));
			const { cpuS, peakMb } = await wholeLadder(file, folder);
			console.log(
				`our whole ladder with poster and report: ${cpuS.toFixed(1)} CPU-s, ${peakMb.toFixed(0)} MB`,
			);
		}
		if (existsSync(READING)) await readingRatios();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** How our readers stand beside three's, on meshes of their own. */
async function readingRatios(): Promise<void> {
	console.log('\nreading');
	const child = spawn(process.execPath, [READING], { stdio: 'inherit' });
	await once(child, 'close');
}

/** Dense scans made on the spot: a real one cut and embossed where it is at hand, and a ball. */
async function dense(folder: string): Promise<string[]> {
	const { denseBall, denseScan } = await import('./digitize/dense-scan.ts');
	const { writeScan } = await import('./digitize/write-scan.ts');
	const ball = join(folder, 'dense-ball.glb');
	await writeFile(ball, writeScan(denseBall(DENSE_TRIANGLES)));
	if (!existsSync(SCAN)) return [ball];
	const scan = join(folder, 'dense-scan.glb');
	await writeFile(scan, writeScan(await denseScan(await readFile(SCAN), CUTS)));
	return [scan, ball];
}

function printTable(outcomes: Outcome[]): void {
	const [ours] = outcomes;
	if (ours === undefined) return;
	const rows = outcomes.map((o) => ({
		program: o.program,
		triangles: o.triangles,
		'CPU s': o.cpuS.toFixed(2),
		'peak MB': o.peakMb.toFixed(0),
		bytes: o.bytes,
		rms: o.rms.toExponential(2),
		p99: o.p99.toExponential(2),
		'ours/CPU': (ours.cpuS / o.cpuS).toFixed(2),
		'ours/peak': (ours.peakMb / o.peakMb).toFixed(2),
		'ours/bytes': (ours.bytes / o.bytes).toFixed(2),
		'ours/bytes at equal rms': o.bytesRatio === undefined ? '' : o.bytesRatio.toFixed(2),
	}));
	console.table(rows);
}
