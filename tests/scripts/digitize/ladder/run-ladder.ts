import { StepCache } from '../../../../scripts/digitize/cache/step-cache.ts';
import { openSourceFile } from '../../../../scripts/digitize/intake/source-file.ts';
import { buildLadder, type Ladder } from '../../../../scripts/digitize/ladder/build-ladder.ts';
import { prepareScan } from '../../../../scripts/digitize/mesh/prepare-scan.ts';
import { DIGITIZE_DEFAULTS, type DigitizeOptions } from '../../../../scripts/digitize/options.ts';
import { OutputFolder } from '../../../../scripts/digitize/output-folder.ts';

/** Builds the ladder of a scan as the pipeline does, without what comes after it. */
export async function runLadder(
	file: string,
	out: string,
	cacheDir: string | undefined,
	options: Partial<DigitizeOptions> = {},
): Promise<Ladder> {
	await using folder = await OutputFolder.open(out);
	await using cache = await StepCache.open(cacheDir ?? folder.scratch('steps'));
	const work = {
		source: await openSourceFile(file),
		options: { ...DIGITIZE_DEFAULTS, ...options },
		folder,
		cache,
		begin: async () => undefined,
		signal: new AbortController().signal,
	};
	const ladder = await buildLadder(
		work,
		await prepareScan(work, file.endsWith('.obj') ? 'obj' : 'glb'),
	);
	await folder.commit();
	return ladder;
}

// As a process of its own, which a test can kill: `node run-ladder.ts FILE OUT CACHE`.
if (import.meta.main === true) {
	const [file = '', out = '', cache = ''] = process.argv.slice(2);
	await runLadder(file, out, cache);
}
