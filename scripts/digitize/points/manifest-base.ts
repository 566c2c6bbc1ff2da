import type { TierFile } from '#schema/asset/asset-manifest';
import type { MeshReport } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import { recipeOptions } from '../options.ts';
import { REPORT_FILE } from '../result-files.ts';
import { toolVersions } from '../tool-versions.ts';
import type { Work } from '../work.ts';

/** What was found of a cloud, of points or of splats. */
interface Placed {
	bounds: Bounds;
	unit: MeshReport['unit'];
	up: MeshReport['up'];
	tiers: TierFile[];
}

/** What the manifests of points and splats share; `counted` says how many there were. */
export async function manifestBase<T extends { points: number } | { splats: number }>(
	{ source, options }: Work,
	{ bounds, unit, up, tiers }: Placed,
	counted: T,
) {
	const { name, sizeBytes: bytes, sha256 } = source;
	const frame = { unit: unit.value, up: up.value };
	return {
		format: 'xishan-asset/1' as const,
		bounds,
		source: { name, bytes, sha256, triangles: 0, ...counted, ...frame },
		tiers,
		report: REPORT_FILE,
		recipe: { tools: await toolVersions(), options: recipeOptions(options) },
	};
}
