import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { HOSTILE_FILES } from './hostile-files.ts';
import { HOSTILE_MESHES } from './hostile-meshes.ts';
import { type CliRun, runCli } from './run-cli.ts';

/** Numbered, because one run of the command line wants names that differ before their endings. */
const cases = [...HOSTILE_FILES, ...HOSTILE_MESHES].map((hostile, i) => ({
	...hostile,
	name: `${i}-${hostile.file}`,
}));

describe('a scan that cannot be used', () => {
	let folder: TemporaryFolder;
	let run: CliRun;

	beforeAll(async () => {
		folder = await temporaryFolder('refusals');
		const from = join(folder.path, 'in');
		await mkdir(from);
		await symlink('/etc', join(from, 'link'));
		for (const { name, bytes } of cases) await writeFile(join(from, name), bytes);
		const inputs = cases.map(({ name }) => join(from, name));
		run = await runCli([...inputs, '--out', join(folder.path, 'out'), '--json']);
	}, 300_000);

	afterAll(() => folder[Symbol.asyncDispose]());

	it.each(cases)('$file is refused as $code', ({ name, code }) => {
		const refusal = run.events.find((e) => e.event === 'refused' && e.input.endsWith(`/${name}`));
		if (refusal?.event !== 'refused') throw new Error(`${name} was not refused: ${run.stderr}`);
		expect(refusal.code).toBe(code);
		expect(refusal.message).toContain(name);
		expect(refusal.message).toMatch(/ — \w+/);
		expect(refusal.message).not.toContain(folder.path);
		expect(run.stderr).toContain(`refused: ${code}: ${refusal.message}\n`);
	});

	it('ends with status 3, one line each, no stack, and nothing left behind', async () => {
		expect(run.status).toBe(3);
		expect(run.stderr.trim().split('\n')).toHaveLength(cases.length);
		expect(run.stderr).not.toMatch(/\n\s+at /);
		expect(await readdir(folder.path)).toEqual(['in']);
	});
});
