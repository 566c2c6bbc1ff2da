import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StepCaches } from '../../../server/jobs/step-caches.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HALF = 500;

it('keeps within its bytes: what was unused for longest goes, what is in use stays', async () => {
	await using folder = await temporaryFolder('caches');
	const caches = new StepCaches(folder.path, 2 * HALF);
	const root = join(folder.path, 'cache');
	const fill = (dir: string, bytes: number) => writeFile(join(dir, 'step'), Buffer.alloc(bytes));
	await caches.use('old', (dir) => fill(dir, HALF));
	await caches.use('older', (dir) => fill(dir, HALF));
	const longAgo = new Date(0);
	await utimes(join(root, 'older'), longAgo, longAgo);
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
