import { basename } from 'node:path';
import type { AssetManifest } from '#schema/asset-manifest';
import { recipeOptions } from '../options.ts';
import { toolVersions } from '../tool-versions.ts';
import type { Work } from '../work.ts';
import type { MediaTools } from './media-tools.ts';

/** What is needed to make a recording's files again: ffmpeg is the system's, so its version counts. */
export async function mediaRecipe(
	{ options, source }: Work,
	{ version }: MediaTools,
): Promise<AssetManifest['recipe']> {
	const captions = [...(source.captions ?? []), ...options.captions].map((path) => basename(path));
	return {
		tools: { ...(await toolVersions()), ffmpeg: version },
		options: { ...recipeOptions(options), captions },
	};
}
