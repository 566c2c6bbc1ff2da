import { setImmediate } from 'node:timers/promises';
import type { AssetManifest, LengthUnit, UpAxis } from '#schema/asset-manifest';
import type { DigitizeStage } from '#schema/digitize-event';
import { readSourceFile } from './intake/source-file.ts';
import { buildLadder } from './ladder/build-ladder.ts';
import { dropDegenerate } from './mesh/drop-degenerate.ts';
import { inspect } from './mesh/inspect.ts';
import { mergeMaterials } from './mesh/merge-materials.ts';
import { orient } from './mesh/orient.ts';
import { weld } from './mesh/weld.ts';
import { OutputFolder } from './output-folder.ts';
import { picture } from './picture/picture.ts';
import { read } from './read/read.ts';
import { makeManifest, makeReport, POSTER_FILE, REPORT_FILE } from './report.ts';
import { writeJson } from './write.ts';

export interface DigitizeOptions {
	unit: LengthUnit | undefined;
	up: UpAxis | undefined;
	signal: AbortSignal;
	/** Called as each stage begins, with the share of the work done, 0 to 1, never falling. */
	onProgress: (stage: DigitizeStage, progress: number) => void;
}

export const MANIFEST_FILE = 'manifest.json';

/**
 * Turns one scan into a folder with its ladder of tiers, poster, report and manifest. The folder
 * appears whole or not at all. Throws `RefusalError` when the scan cannot be used, `AbortError` when
 * told to stop, `ForeignFolderError` when `out` is somebody else's folder.
 */
export async function digitize(
	path: string,
	out: string,
	options: DigitizeOptions,
): Promise<AssetManifest> {
	const begin = async (stage: DigitizeStage, progress: number): Promise<void> => {
		await setImmediate();
		options.signal.throwIfAborted();
		options.onProgress(stage, progress);
	};
	await using folder = await OutputFolder.open(out);
	await begin('read', 0);
	const file = await readSourceFile(path);
	const scan = await read(file);
	await begin('inspect', 0.12);
	scan.mesh = weld(scan.mesh);
	const health = inspect(scan.mesh);
	const mended = dropDegenerate(scan, health, file.name);
	await begin('orient', 0.2);
	const oriented = orient(scan, health, options, file.name);
	const materials = mergeMaterials(scan);
	const findings = [...scan.findings, ...mended, ...oriented.findings];
	const ladder = await buildLadder(oriented.mesh, materials, scan.textures, folder, begin);
	await begin('picture', 0.8);
	const poster = await picture(ladder.subject, scan.textures);
	await folder.write(POSTER_FILE, poster.webp);
	await begin('report', 0.97);
	const { bounds, tiers } = ladder;
	const report = makeReport(scan, health, oriented, materials, bounds, findings);
	const recipe = { unit: options.unit ?? 'detect', up: options.up ?? 'detect' };
	const manifest = await makeManifest(file, health, oriented, tiers, bounds, poster, recipe);
	await writeJson(folder, REPORT_FILE, report);
	await writeJson(folder, MANIFEST_FILE, manifest);
	options.signal.throwIfAborted();
	await folder.commit();
	options.onProgress('report', 1);
	return manifest;
}
