import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { pictureFile } from '#schema/asset/stored-file';
import type { Work } from '../work.ts';
import { adoptStep } from './adopt-step.ts';
import { encodePoster } from './encode-poster.ts';

type PictureEntry = z.infer<typeof pictureFile>;

/**
 * Draws the poster and its cards as one step and takes them into the result; gives their entries of
 * the manifest. `inputs` decide the pixels; `draw` gives sRGB bytes, 1024² × 3.
 */
export async function drawPosterStep(
	{ cache, folder }: Work,
	name: string,
	inputs: string[],
	draw: () => Promise<Uint8Array>,
): Promise<{ poster: PictureEntry; cards: PictureEntry[] }> {
	const step = await cache.step(name, inputs, async (dir) => {
		const files = await encodePoster(await draw());
		for (const { file, bytes } of files) await writeFile(join(dir, file), bytes);
		return files.map(({ file, widthPx, heightPx }) => ({ file, widthPx, heightPx }));
	});
	await adoptStep(folder, step.dir);
	const [poster, ...cards] = step.value;
	if (poster === undefined) throw new Error('poster: nothing was drawn — a bug');
	return { poster, cards };
}
