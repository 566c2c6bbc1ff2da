import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../errors.ts';

const REASONS: Record<string, string> = {
	EACCES: 'this account may not write there',
	EPERM: 'this account may not write there',
	EROFS: 'it is on a read-only disk',
	ENOSPC: 'the disk is full',
	ENOTDIR: 'a file stands in its place',
	EEXIST: 'a file stands in its place',
};

/** Makes the data folder if need be. Throws StartError, saying why, when it cannot be written. */
export async function prepareDataFolder(path: string): Promise<void> {
	try {
		await mkdir(path, { recursive: true });
		const probe = join(path, `.probe-${randomUUID()}`);
		await writeFile(probe, '', { flag: 'wx' });
		await rm(probe);
	} catch (error) {
		const { code = '', message } = error as NodeJS.ErrnoException;
		throw new StartError(
			`data folder: ${path} cannot be written (${REASONS[code] ?? message}) — choose another with XISHAN_DATA`,
			{ cause: error },
		);
	}
}
