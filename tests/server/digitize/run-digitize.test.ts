import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
	DIGITIZE_CLI,
	type DigitizeRun,
	runDigitize,
} from '../../../server/digitize/run-digitize.ts';
import { aBall, aPly } from '../../support/meshes.ts';
import { reportSkip } from '../../support/skip.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';

const WAIT = { timeout: 50_000, interval: 100 };
const hasProc = existsSync('/proc/self/cmdline');
const hasSetpriv = existsSync('/usr/bin/setpriv');
if (!hasSetpriv)
	reportSkip('the pipeline dying with the server, without setpriv', { allowed: true });
if (!hasProc) reportSkip('processes of the real pipeline, without /proc', { allowed: true });

let place: TemporaryFolder;

beforeEach(async () => {
	place = await temporaryFolder('run');
	await writeFile(join(place.path, 'scan.ply'), aPly({ mesh: aBall(30_000) }));
	return () => place[Symbol.asyncDispose]();
});

function aRun(changes: Partial<DigitizeRun> = {}): DigitizeRun {
	return {
		cli: DIGITIZE_CLI,
		file: join(place.path, 'scan.ply'),
		outDir: join(place.path, 'out'),
		tempDir: place.path,
		cacheDir: join(place.path, 'cache'),
		pass: 'fast',
		memoryMB: 1024,
		timeoutS: 60,
		signal: new AbortController().signal,
		onProgress: () => undefined,
		...changes,
	};
}

/** Every process of this pipeline: its own, the one behind the fences, and what that one started. */
function processes(): { pid: number; isFenced: boolean }[] {
	return readdirSync('/proc').flatMap((name) => {
		if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
		try {
			const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
			const isOurs = words.includes(join(place.path, 'out'));
			return isOurs ? [{ pid: Number(name), isFenced: words.includes('--import') }] : [];
		} catch {
			return [];
		}
	});
}

function killReader(signal: NodeJS.Signals): void {
	const reader = processes().find(({ isFenced }) => isFenced);
	if (reader === undefined) throw new Error('nobody reads behind the fences');
	process.kill(reader.pid, signal);
}

/** Calls `act` at the first word of the pipeline, when it stands behind its fences. */
function atFirst(act: () => void): () => void {
	let isDone = false;
	return () => {
		if (!isDone) act();
		isDone = true;
	};
}

describe.runIf(hasProc)('the real pipeline', () => {
	it('is gone with all its processes when it is told to stop', async () => {
		const stop = new AbortController();
		const seen: boolean[] = [];
		const onProgress = atFirst(() => {
			seen.push(...processes().map(({ isFenced }) => isFenced));
			stop.abort(new Error('enough'));
		});
		await expect(runDigitize(aRun({ signal: stop.signal, onProgress }))).rejects.toThrow('enough');
		expect(seen.toSorted()).toEqual([false, true]);
		await expect.poll(processes, WAIT).toEqual([]);
	});

	it('is gone with all its processes when it takes too long, and the scan is refused', async () => {
		const outcome = await runDigitize(aRun({ timeoutS: 1 }));
		expect(outcome).toMatchObject({ refused: { code: 'time-exhausted' } });
		await expect.poll(processes, WAIT).toEqual([]);
	});

	it('refuses a scan whose reader crashes', async () => {
		const onProgress = atFirst(() => killReader('SIGSEGV'));
		const outcome = await runDigitize(aRun({ onProgress }));
		expect(outcome).toMatchObject({ refused: { code: 'reader-crashed' } });
	});

	it('is to be tried again when its reader is killed from outside', async () => {
		const onProgress = atFirst(() => killReader('SIGKILL'));
		await expect(runDigitize(aRun({ onProgress }))).rejects.toThrow(/exit status 1/);
	});

	it.runIf(hasSetpriv)('dies with the server', async () => {
		const { signal: _, onProgress: __, ...run } = aRun();
		const code = `import { runDigitize } from ${JSON.stringify(import.meta.resolve('../../../server/digitize/run-digitize.ts'))};
			const signal = new AbortController().signal;
			await runDigitize({ ...${JSON.stringify(run)}, signal, onProgress() { console.log('begun'); } });`;
		const server = spawn(process.execPath, ['--input-type=module', '-e', code], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(server.stdout, 'data');
		expect(processes()).toHaveLength(2);
		server.kill('SIGKILL');
		await expect.poll(processes, WAIT).toEqual([]);
	});
});
