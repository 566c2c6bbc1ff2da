import type { AssetManifest, TierFile } from '#schema/asset/asset-manifest';
import type { MeshReport } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import type { SourceFile } from '../intake/source-file.ts';
import { REPORT_FILE } from '../result-files.ts';
import { toolVersions } from '../tool-versions.ts';

/** The manifest the engine reads. */
export async function makeManifest(
	file: SourceFile,
	report: Pick<MeshReport, 'unit' | 'up' | 'measures'>,
	tiers: TierFile[],
	bounds: Bounds,
	poster: AssetManifest['poster'],
	options: AssetManifest['recipe']['options'],
): Promise<Extract<AssetManifest, { kind: 'mesh' }>> {
	return {
		format: 'xishan-asset/1',
		kind: 'mesh',
		bounds,
		source: {
			name: file.name,
			bytes: file.sizeBytes,
			sha256: file.sha256,
			triangles: report.measures.triangles,
			unit: report.unit.value,
			up: report.up.value,
		},
		tiers,
		poster,
		report: REPORT_FILE,
		recipe: { tools: await toolVersions(), options },
	};
}
