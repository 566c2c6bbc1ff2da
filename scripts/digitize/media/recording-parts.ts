import { basename } from 'node:path';
import type { AssetManifest } from '#schema/asset/asset-manifest';
import { takeCaptions } from '../captions/take-captions.ts';
import { recipeOptions } from '../options.ts';
import { REPORT_FILE } from '../result-files.ts';
import { toolVersions } from '../tool-versions.ts';
import type { Work } from '../work.ts';
import type { MediaTools } from './media-tools.ts';

type Recording = Extract<AssetManifest, { kind: 'audio' | 'video' }>;

/**
 * What the manifests of sound and film end with: the captions, which are taken into the result here, the
 * report, and what is needed to make the files again (ffmpeg is the system's, so its version counts).
 */
export async function recordingParts(
	work: Work,
	{ version }: MediaTools,
	durationS: number,
): Promise<Pick<Recording, 'captions' | 'report' | 'recipe'>> {
	const { options, source } = work;
	const captions = await takeCaptions(work, durationS);
	const paths = [...(source.captions ?? []), ...options.captions];
	return {
		...(captions.length > 0 ? { captions } : {}),
		report: REPORT_FILE,
		recipe: {
			tools: { ...(await toolVersions()), ffmpeg: version },
			options: { ...recipeOptions(options), captions: paths.map((path) => basename(path)) },
		},
	};
}
