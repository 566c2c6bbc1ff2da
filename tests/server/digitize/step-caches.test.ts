import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StepCaches } from '../../../server/digitize/step-caches.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HALF = 500;
const LONG_AGO = new Date(0);

const fill = (dir: string, bytes: number) => writeFile(join(dir, 'step'), Buffer.alloc(bytes));

it('keeps within its bytes: what was unused for longest goes, what is in use stays', async () => {
	await using folder = await temporaryFolder('caches');
	const root = join(folder.path, 'cache');
	const caches = new StepCaches(root, { totalBytesMax: 2 * HALF });
	await caches.use('old', (dir) => fill(dir, HALF));
	await caches.use('older', (dir) => fill(dir, HALF));
	await utimes(join(root, 'older'), LONG_AGO, LONG_AGO);
	expect((await readdir(root)).sort()).toEqual(['old', 'older']);
	await caches.use('new', (dir) => fill(dir, HALF));
	expect((await readdir(root)).sort()).toEqual(['new', 'old']);
	await caches.use('huge', async (dir) => {
		await fill(dir, 10 * HALF);
		await caches.use('other', (other) => fill(other, 1));
		await caches.drop('huge');
		expect(await readdir(root)).toEqual(['huge']);
	});
	expect(await readdir(root)).toEqual([]);
	await caches.use('other', (dir) => fill(dir, 1));
	await caches.drop('other');
	expect(await readdir(root)).toEqual([]);
});

it('keeps what is finished where servers share it, and what another may be at work on', async () => {
	await using folder = await temporaryFolder('caches');
	const root = join(folder.path, 'steps');
	const open = () => new StepCaches(root, { totalBytesMax: 2 * HALF, sharedBusyMs: 60_000 });
	const [ours, theirs] = [open(), open()];
	await theirs.use('finished', (dir) => fill(dir, HALF));
	await theirs.drop('finished');
	await ours.use('finished', async (dir) => expect(await readdir(dir)).toEqual(['step']));
	await utimes(join(root, 'finished'), LONG_AGO, LONG_AGO);
	await theirs.use('busy', async (dir) => {
		await fill(dir, 2 * HALF);
		await ours.use('small', (other) => fill(other, 1));
		expect((await readdir(root)).sort()).toEqual(['busy', 'small']);
	});
	await utimes(join(root, 'busy'), LONG_AGO, LONG_AGO);
	await ours.use('small', (dir) => fill(dir, 1));
	expect(await readdir(root)).toEqual(['small']);
});
