import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Node keeps compiled programs by default. */
const COMPILED = join(tmpdir(), 'node-compile-cache');

/** What a program needed, threads included. */
export interface Cost {
	cpuS: number;
	peakMb: number;
}

/** Loaded before a program; it writes down what the program needed as it ends. */
const RECORDER = `
import { writeFileSync } from 'node:fs';
process.on('exit', () => {
	const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
	const cost = { cpuS: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 };
	writeFileSync(process.env.XISHAN_BENCH_COST, JSON.stringify(cost));
});
`;

/**
 * Runs a Node program and says what it needed, from its start to its end. Throws with its last words
 * when it fails. `folder` is for the bench's own files.
 */
export async function measureChild(folder: string, words: string[]): Promise<Cost> {
	const recorder = join(folder, 'recorder.mjs');
	const costFile = join(folder, 'cost.json');
	await writeFile(recorder, RECORDER);
	await rm(costFile, { force: true });
	const child = spawn(process.execPath, ['--import', recorder, ...words], {
		stdio: ['ignore', 'ignore', 'pipe'],
		// As an installed program runs: compiled once, for all programs alike.
		env: { ...process.env, XISHAN_BENCH_COST: costFile, NODE_COMPILE_CACHE: COMPILED },
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	const status = await new Promise((done, fail) => {
		child.on('error', fail).on('close', done);
	});
	if (status !== 0)
		throw new Error(`bench: ${words.join(' ')} ended with ${status}: ${said.slice(-500)}`);
	return JSON.parse(await readFile(costFile, 'utf8')) as Cost;
}
