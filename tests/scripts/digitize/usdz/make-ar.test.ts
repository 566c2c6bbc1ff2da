import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StepCache } from '../../../../scripts/digitize/cache/step-cache.ts';
import { DIGITIZE_DEFAULTS } from '../../../../scripts/digitize/options.ts';
import { OutputFolder } from '../../../../scripts/digitize/output-folder.ts';
import { makeAr } from '../../../../scripts/digitize/usdz/make-ar.ts';
import type { Work } from '../../../../scripts/digitize/work.ts';
import { aGlb } from '../../../support/meshes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { readSurface, sourceOf } from '../source-of.ts';

async function aWork(place: string, folder: OutputFolder, usdz?: string): Promise<Work> {
	return {
		source: { ...sourceOf('scan.glb', aGlb()), ...(usdz === undefined ? {} : { usdz }) },
		options: DIGITIZE_DEFAULTS,
		folder,
		cache: await StepCache.open(join(place, 'cache')),
		begin: async () => undefined,
		signal: new AbortController().signal,
	};
}

describe('the model for augmented reality', () => {
	it('is the one handed in beside the scan, byte for byte', async () => {
		await using place = await temporaryFolder('ar');
		const given = join(place.path, 'given.usdz');
		await writeFile(given, 'as it came');
		await using folder = await OutputFolder.open(join(place.path, 'out'));
		const work = await aWork(place.path, folder, given);
		const { ar, findings } = await makeAr(work, 'tier', () => {
			throw new Error('nothing needs decoding');
		});
		await folder.commit();
		expect(ar).toEqual({ usdz: 'model.usdz', bytes: 10 });
		expect(findings).toEqual([{ code: 'ar-passed-on', level: 'info', values: { bytes: 10 } }]);
		expect(await readFile(join(place.path, 'out/model.usdz'), 'utf8')).toBe('as it came');
	});

	it('is made once for the same tier, and again for another', async () => {
		await using place = await temporaryFolder('ar');
		let decoded = 0;
		const subject = async () => {
			decoded += 1;
			return await readSurface(sourceOf('mid.glb', aGlb()));
		};
		const sizes: number[] = [];
		for (const tier of ['one', 'one', 'two']) {
			await using folder = await OutputFolder.open(join(place.path, 'out'));
			const { ar } = await makeAr(await aWork(place.path, folder), tier, subject);
			await folder.commit();
			expect((await readFile(join(place.path, 'out', ar.usdz))).length).toBe(ar.bytes);
			sizes.push(ar.bytes);
		}
		expect(decoded).toBe(2);
		expect(new Set(sizes).size).toBe(1);
	});
});
