import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../scripts/digitize/cache/canonical-json.ts';
import { StepCache, type StepResult } from '../../../../scripts/digitize/cache/step-cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const HOLDER = fileURLToPath(new URL('./hold-step.ts', import.meta.url));

describe('a cache of steps', () => {
	let place: TemporaryFolder;
	let calls: string[];

	beforeEach(async () => {
		place = await temporaryFolder('steps');
		calls = [];
	});

	afterEach(() => place[Symbol.asyncDispose]());

	/** One run that asks for these steps, each a file of `bytes`. */
	async function run(
		names: string[],
		{ inputs = {} as Json, bytes = 10, maxBytes = 1e9 } = {},
	): Promise<StepResult<string>[]> {
		await using cache = await StepCache.open(place.path, maxBytes);
		const results: StepResult<string>[] = [];
		for (const name of names) {
			const make = async (dir: string) => {
				calls.push(name);
				await writeFile(join(dir, 'file.bin'), Buffer.alloc(bytes));
				return `value of ${name}`;
			};
			results.push(await cache.step(name, inputs, make));
		}
		return results;
	}

	const steps = async () =>
		(await readdir(place.path)).map((name) => name.replace(/-[\da-f]+$/, '')).sort();

	/** Makes a step look as if it had last been used `minutes` ago. */
	async function age(name: string, minutes: number): Promise<void> {
		const folder = (await readdir(place.path)).find((entry) => entry.startsWith(`${name}-`));
		const time = new Date(Date.now() - minutes * 60_000);
		await utimes(join(place.path, folder ?? ''), time, time);
	}

	it('does the same step once, whatever the order of its inputs', async () => {
		const [first] = await run(['tier'], { inputs: { scan: 'a', px: 1 } });
		const [second] = await run(['tier'], { inputs: { px: 1, scan: 'a' } });
		expect(calls).toEqual(['tier']);
		expect(second).toEqual(first);
		expect(await readFile(join(second?.dir ?? '', 'file.bin'))).toHaveLength(10);
	});

	it('does a step anew when an input of it changed, and only that step', async () => {
		const [a, b] = await run(['one', 'two'], { inputs: { scan: 'a' } });
		const [c] = await run(['one'], { inputs: { scan: 'b' } });
		await run(['one', 'two'], { inputs: { scan: 'a' } });
		expect(calls).toEqual(['one', 'two', 'one']);
		expect(new Set([a?.key, b?.key, c?.key]).size).toBe(3);
	});

	it('leaves nothing of a step that failed', async () => {
		{
			await using cache = await StepCache.open(place.path);
			const failed = cache.step('tier', {}, async (dir): Promise<string> => {
				await writeFile(join(dir, 'half.glb'), 'half');
				throw new Error('cut');
			});
			await expect(failed).rejects.toThrow('cut');
		}
		expect(await readdir(place.path)).toEqual([]);
		await run(['tier']);
		expect(calls).toEqual(['tier']);
	});

	it('forgets what a process that was killed left half made', async () => {
		const holder = hold('tier');
		await said(holder, 'making');
		expect(await readdir(place.path)).toHaveLength(2);
		holder.kill('SIGKILL');
		await once(holder, 'exit');
		await run(['other']);
		expect(await steps()).toEqual(['other']);
	});

	it('serves two processes that make the same step at once', async () => {
		const holders = [hold('same'), hold('same')];
		await Promise.all(holders.map((holder) => said(holder, 'making')));
		for (const holder of holders) {
			const ended = once(holder, 'exit');
			holder.stdin.write('go\n');
			expect((await ended)[0]).toBe(0);
		}
		expect(await steps()).toEqual(['slow']);
		const [folder = ''] = await readdir(place.path);
		expect(existsSync(join(place.path, folder, 'half.txt'))).toBe(true);
	});

	it('keeps to its size: the steps used longest ago go first', async () => {
		await run(['old', 'older', 'new'], { bytes: 1000 });
		await age('old', 5);
		await age('older', 10);
		await age('new', 1);
		await run(['old'], { bytes: 1000, maxBytes: 2500 });
		expect(await steps()).toEqual(['new', 'old']);
	});

	it('keeps what a live process may be reading, however small it should be', async () => {
		await run(['before'], { bytes: 1000 });
		await age('before', 5);
		const holder = hold('held');
		await said(holder, 'making');
		await run(['during'], { bytes: 1000, maxBytes: 0 });
		expect(await steps()).toContain('during');
		expect(await steps()).not.toContain('before');
		const ended = once(holder, 'exit');
		holder.stdin.write('go\n');
		expect((await ended)[0]).toBe(0);
		await run([], { maxBytes: 0 });
		expect(await steps()).toEqual([]);
	});

	function hold(name: string): ChildProcessWithoutNullStreams {
		return spawn(process.execPath, [HOLDER, place.path, name]);
	}
});

/** Waits for the word; the stream must not be closed, or the process would die of writing to it. */
async function said(holder: ChildProcessWithoutNullStreams, word: string): Promise<void> {
	const [chunk] = await once(holder.stdout, 'data');
	expect(String(chunk)).toContain(word);
}
