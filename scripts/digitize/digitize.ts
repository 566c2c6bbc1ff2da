import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type AssetKind, type AssetManifest, assetManifest } from '#schema/asset/asset-manifest';
import type { DigitizeStage } from '#schema/digitize/digitize-event';
import { archive } from './archive/archive.ts';
import { writeChecksums } from './archive/checksums.ts';
import { StepCache } from './cache/step-cache.ts';
import type { Format } from './intake/formats.ts';
import { openInput } from './intake/open-input.ts';
import { kindOf, sniff } from './intake/sniff.ts';
import type { SourceFile } from './intake/source-file.ts';
import type { DigitizeOptions } from './options.ts';
import { OutputFolder } from './output-folder.ts';
import { MANIFEST_FILE } from './result-files.ts';
import type { Work } from './work.ts';
import { writeJson } from './write.ts';

export interface DigitizeRun extends DigitizeOptions {
	/** A folder that keeps results of steps between runs; undefined keeps them for this run only. */
	cacheDir: string | undefined;
	signal: AbortSignal;
	/** Called as each stage begins, with the share of the work done, 0 to 1, never falling. */
	onProgress: (stage: DigitizeStage, progress: number) => void;
}

type Maker = (work: Work, format: Format) => Promise<AssetManifest>;

/** What makes a piece of each kind; loaded when needed, since a mesh's libraries alone take 60 MB. */
const MAKERS: { [kind in AssetKind]: () => Promise<Maker> } = {
	mesh: async () => (await import('./mesh/digitize-mesh.ts')).digitizeMesh,
	points: async () => (await import('./points/digitize-points.ts')).digitizePoints,
	splats: async () => (await import('./splats/digitize-splats.ts')).digitizeSplats,
	image: async () => (await import('./image/digitize-image.ts')).digitizeImage,
	panorama: async () => (await import('./panorama/digitize-panorama.ts')).digitizePanorama,
	audio: async () => (await import('./audio/digitize-audio.ts')).digitizeAudio,
	video: async () => (await import('./video/digitize-video.ts')).digitizeVideo,
};

/**
 * Turns one scan into a folder with its derivatives, poster, report and manifest. The folder appears
 * whole or not at all. Throws `RefusalError` when the scan cannot be used, `AbortError` when told to
 * stop, `ForeignFolderError` when `out` is somebody else's folder.
 */
export async function digitize(
	path: string,
	out: string,
	{ cacheDir, signal, onProgress, ...options }: DigitizeRun,
): Promise<AssetManifest> {
	const begin = async (stage: DigitizeStage, progress: number): Promise<void> => {
		await setImmediate();
		signal.throwIfAborted();
		onProgress(stage, progress);
	};
	await using folder = await OutputFolder.open(out);
	await begin('read', 0);
	const source = await openInput(path, folder.scratch('unpacked'), signal);
	const format = sniff(source);
	const kind = options.kind ?? kindOf(source, format);
	const make = await MAKERS[kind]();
	await using cache = await StepCache.open(cacheDir ?? folder.scratch('steps'));
	const work = { source, options, folder, cache, begin, signal };
	const manifest = assetManifest.parse(asHandedIn(await make(work, format), source));
	await writeJson(folder, MANIFEST_FILE, manifest);
	if (options.archive) {
		await begin('archive', 0.98);
		await archive(work, manifest);
	}
	await writeChecksums(folder);
	signal.throwIfAborted();
	await folder.commit();
	onProgress('report', 1);
	return manifest;
}

/** A piece out of a folder or an archive states the name, size and hash of the whole. */
function asHandedIn(made: AssetManifest, { handedIn }: SourceFile): unknown {
	if (handedIn === undefined) return made;
	const { name, sizeBytes, sha256 } = handedIn;
	return { ...made, source: { ...made.source, name, bytes: sizeBytes, sha256 } };
}

/** Where a finished folder keeps its manifest. */
export function manifestPath(out: string): string {
	return join(out, MANIFEST_FILE);
}
