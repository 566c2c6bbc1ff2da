import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFolder } from '../output-folder.ts';

/** Takes every file that a step wrote into the result, or a folder `into` of it, but for its value. */
export async function adoptStep(folder: OutputFolder, dir: string, into = ''): Promise<void> {
	for (const name of await readdir(dir)) {
		if (name !== 'value.json') await folder.adopt(join(dir, name), join(into, name));
	}
}
