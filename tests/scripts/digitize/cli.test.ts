import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetManifest } from '#schema/asset/asset-manifest';
import { DIGITIZE_STAGES } from '#schema/digitize/digitize-event';
import { aBall, aGlb, aPly, aTexture } from '../../support/meshes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runCli } from './run-cli.ts';

const DYING_READER = import.meta.resolve('../../support/dying-reader.ts');

describe('the command line', () => {
	it.each([
		[[], 'no file is named'],
		[['a.glb'], '--out is missing'],
		[['a.glb', '--out', 'x', '--unit', 'inch'], '--unit'],
		[['a.glb', '--out', 'x', '--up', 'x'], '--up'],
		[['a.glb', '--out', 'x', '--colour'], '--colour'],
		[['a.glb', '--out', 'x', '--memory-mb', 'much'], '--memory-mb'],
		[['a/scan.glb', 'b/scan.ply', '--out', 'x'], 'the same name'],
	])('answers %j with status 2 and one sentence', async (words, reason) => {
		await using place = await temporaryFolder('cli');
		const run = await runCli(words, { cwd: place.path });
		expect(run.status).toBe(2);
		expect(run.stderr).toContain(reason);
		expect(run.stderr.trim().split('\n')).toHaveLength(1);
		expect(run.stdout).toBe('');
		expect(await readdir(place.path)).toEqual([]);
	});

	it('explains itself', async () => {
		const run = await runCli(['--help']);
		expect(run.status).toBe(0);
		for (const word of ['--out', '--unit', '--up', '--json', 'Exit status']) {
			expect(run.stdout).toContain(word);
		}
	});

	it('will not replace a folder with other things in it', async () => {
		await using place = await temporaryFolder('cli');
		await writeFile(join(place.path, 'scan.glb'), aGlb());
		const run = await runCli(['scan.glb', '--out', '.'], { cwd: place.path });
		expect(run.status).toBe(2);
		expect(run.stderr).toContain('scan.glb, which is not ours');
		expect(await readdir(place.path)).toEqual(['scan.glb']);
	});

	it('does the others when one is refused, tells the stages in order, and keeps an older result', async () => {
		await using place = await temporaryFolder('cli');
		await writeFile(join(place.path, 'good.ply'), aPly({ hasColours: true }));
		await writeFile(join(place.path, 'bad.ply'), aPly().subarray(0, 3000));
		await mkdir(join(place.path, 'out', 'bad'), { recursive: true });
		await writeFile(join(place.path, 'out', 'bad', 'manifest.json'), 'older');
		const words = ['bad.ply', 'good.ply', '--out', 'out', '--json', '--unit', 'cm', '--up', 'y'];
		const run = await runCli(words, { cwd: place.path });
		expect(run.status).toBe(3);
		expect(run.stderr).toMatch(/^refused: file-truncated: bad\.ply /);
		expect(await readFile(join(place.path, 'out', 'bad', 'manifest.json'), 'utf8')).toBe('older');
		expect(await readdir(join(place.path, 'out'))).toEqual(['bad', 'good']);

		const done = run.events.find((e) => e.event === 'done');
		expect(done).toEqual({
			event: 'done',
			input: 'good.ply',
			manifest: join(place.path, 'out', 'good', 'manifest.json'),
		});
		const progress = run.events.filter((e) => e.event === 'progress' && e.input === 'good.ply');
		const shares = progress.map((e) => (e.event === 'progress' ? e.progress : 0));
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares.at(-1)).toBe(1);
		const stages = new Set(progress.map((e) => (e.event === 'progress' ? e.stage : '')));
		expect([...stages]).toEqual(expect.arrayContaining(['read', 'orient', 'simplify', 'report']));
		expect(DIGITIZE_STAGES).toEqual(expect.arrayContaining([...stages]));
		const text = await readFile(join(place.path, 'out', 'good', 'manifest.json'), 'utf8');
		const manifest = assetManifest.parse(JSON.parse(text));
		expect(manifest.source).toMatchObject({ name: 'good.ply', unit: 'cm', up: 'Y' });
		expect(text).not.toContain(place.path);
	});

	const dying = (input: number, signal: string) => ({
		NODE_OPTIONS: `--import ${DYING_READER}`,
		...{ DYING_AT: String(input), DYING_BY: signal },
	});

	it('refuses the file whose reader crashes, and does the others', async () => {
		await using place = await temporaryFolder('cli');
		const names = ['a.png', 'b.png', 'c.png'];
		for (const name of names) await writeFile(join(place.path, name), await aTexture());
		const env = dying(1, 'SIGSEGV');
		const run = await runCli([...names, '--out', 'out', '--json'], { cwd: place.path, env });
		expect(run.stderr).toMatch(/^refused: reader-crashed: b\.png broke off [^\n]+ — [^\n]+\n$/);
		expect(run.status).toBe(3);
		const ends = run.events.filter(({ event }) => event !== 'progress');
		expect(ends.map(({ event, input }) => `${event} ${input}`)).toEqual([
			'done a.png',
			'refused b.png',
			'done c.png',
		]);
		expect(await readdir(join(place.path, 'out'))).toEqual(['a', 'c']);
	});

	it.each([
		['SIGABRT', 3, 'reader-crashed'],
		['SIGKILL', 1, 'memory-exhausted'],
	])('a reader that ends by %s gives status %i and %s', async (signal, status, code) => {
		await using place = await temporaryFolder('cli');
		await writeFile(join(place.path, 'a.png'), 'never read');
		const env = dying(0, signal);
		const run = await runCli(['a.png', '--out', 'deep/out'], { cwd: place.path, env });
		expect(run.stderr).toContain(`refused: ${code}: a.png`);
		expect(run.status).toBe(status);
		expect(await readdir(place.path)).toEqual(['a.png']);
	});

	it('does the others when one has no place to go', async () => {
		await using place = await temporaryFolder('cli');
		await mkdir(join(place.path, 'out', 'a', 'notes'), { recursive: true });
		for (const name of ['a.png', 'b.png'])
			await writeFile(join(place.path, name), await aTexture());
		const run = await runCli(['a.png', 'b.png', '--out', 'out'], { cwd: place.path });
		expect(run.stderr).toMatch(/^a\.png: .*notes, which is not ours/);
		expect(run.status).toBe(2);
		expect(await readdir(join(place.path, 'out', 'b'))).toContain('manifest.json');
	});

	it('leaves nothing when it is told to stop', async () => {
		await using place = await temporaryFolder('cli');
		await writeFile(join(place.path, 'scan.ply'), aPly({ mesh: aBall(30_000) }));
		const run = await runCli(['scan.ply', '--out', 'deep/out', '--json'], {
			cwd: place.path,
			onLine: (text, end) => {
				if (text.includes('"simplify"')) end('SIGTERM');
			},
		});
		expect(run.status).toBe(143);
		expect(run.events.some((e) => e.event === 'done')).toBe(false);
		expect(await readdir(place.path)).toEqual(['scan.ply']);
	});
});
