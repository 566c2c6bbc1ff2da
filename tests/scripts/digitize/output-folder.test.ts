import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ForeignFolderError, OutputFolder } from '../../../scripts/digitize/output-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** No process has this number: Linux ends at 4,194,304. */
const NOBODY = 999_999_999;

describe('the output folder', () => {
	it('is not there until it is whole', async () => {
		await using place = await temporaryFolder('output');
		const target = join(place.path, 'a', 'b');
		await using folder = await OutputFolder.open(target);
		await folder.write('report.json', Buffer.from('{}'));
		expect(await readdir(join(place.path, 'a'))).toEqual([`.b.digitize-${process.pid}`]);
		await folder.commit();
		expect(await readdir(join(place.path, 'a'))).toEqual(['b']);
		expect(await readdir(target)).toEqual(['report.json']);
	});

	it('replaces an earlier result in one step, and leaves it alone until then', async () => {
		await using place = await temporaryFolder('output');
		const target = join(place.path, 'b');
		await mkdir(target);
		await writeFile(join(target, 'manifest.json'), 'old');
		{
			await using given = await OutputFolder.open(target);
			await given.write('manifest.json', Buffer.from('half'));
		}
		expect(await readFile(join(target, 'manifest.json'), 'utf8')).toBe('old');
		await using folder = await OutputFolder.open(target);
		await folder.write('report.json', Buffer.from('new'));
		await folder.commit();
		expect(await readdir(target)).toEqual(['report.json']);
		expect(await readdir(place.path)).toEqual(['b']);
	});

	it('leaves no folder it made on the way when nothing came of it', async () => {
		await using place = await temporaryFolder('output');
		{
			await using folder = await OutputFolder.open(join(place.path, 'a', 'b', 'c'));
			await folder.write('report.json', Buffer.from('{}'));
		}
		expect(await readdir(place.path)).toEqual([]);
	});

	it('does not touch a folder with other things in it', async () => {
		await using place = await temporaryFolder('output');
		await writeFile(join(place.path, 'thesis.docx'), 'mine');
		await expect(OutputFolder.open(place.path)).rejects.toThrow(ForeignFolderError);
		expect(await readdir(place.path)).toEqual(['thesis.docx']);
	});

	it('clears up after a process that was killed, and puts an earlier result back', async () => {
		await using place = await temporaryFolder('output');
		await mkdir(join(place.path, `.b.digitize-${NOBODY}`));
		await mkdir(join(place.path, `.b.digitize-${NOBODY}-old`));
		await writeFile(join(place.path, `.b.digitize-${NOBODY}-old`, 'manifest.json'), 'old');
		{
			await using _folder = await OutputFolder.open(join(place.path, 'b'));
		}
		expect(await readdir(place.path)).toEqual(['b']);
		expect(await readFile(join(place.path, 'b', 'manifest.json'), 'utf8')).toBe('old');
	});
});
