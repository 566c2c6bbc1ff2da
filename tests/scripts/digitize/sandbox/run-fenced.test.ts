import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runFenced } from '../../../../scripts/digitize/sandbox/run-fenced.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const FAKE = fileURLToPath(import.meta.resolve('../../../support/fake-reader.ts'));
const { signal } = new AbortController();

it('behind the fences nothing reaches the network, in no thread', async () => {
	await using place = await temporaryFolder('fences');
	const out = join(place.path, 'ends');
	const end = await runFenced({
		program: [FAKE, 'network', out],
		memoryMB: 512,
		outs: [out],
		signal,
		onLost: () => undefined,
	});
	expect(end).toEqual({ status: 0 });
	for (const thread of ['main', 'worker']) {
		const ends: Record<string, string> = JSON.parse(
			await readFile(`${out}-${thread}.json`, 'utf8'),
		);
		expect(Object.keys(ends)).toHaveLength(5);
		expect(new Set(Object.values(ends))).toEqual(new Set(['ERR_NETWORK_FORBIDDEN']));
	}
});

it('an input that takes all memory is told of, its traces go, and the next one follows', async () => {
	await using place = await temporaryFolder('fences');
	const outs = [join(place.path, 'deep', 'one'), join(place.path, 'two')];
	const lost: [number, string][] = [];
	const end = await runFenced({
		program: [FAKE, 'devour', ...outs],
		memoryMB: 256,
		outs,
		signal,
		onLost: (input, cause) => lost.push([input, cause]),
	});
	expect(end).toEqual({ status: 0 });
	expect(lost).toEqual([[0, 'memory']]);
	expect(await readdir(place.path)).toEqual(['two']);
}, 60_000);
