import type { AssetManifest, SpatialManifest, TierFile } from '#schema/asset-manifest';
import type { DigitizeReport, Finding } from '#schema/digitize-report';
import { digitizeReport } from '#schema/digitize-report';
import type { Bounds } from '#schema/geometry';
import type { SourceFile } from './intake/source-file.ts';
import type { Health } from './mesh/inspect.ts';
import type { Material, Scan } from './mesh/mesh.ts';
import type { Oriented } from './mesh/orient.ts';
import { toolVersions } from './tool-versions.ts';

export const REPORT_FILE = 'report.json';

/** What was found in a scan and done to it. No dates, no paths, no timings: equal in, equal out. */
export function makeReport(
	scan: Scan,
	health: Health,
	oriented: Oriented,
	materials: Material[],
	bounds: Bounds,
	findings: Finding[],
): DigitizeReport {
	const { boundaryEdges, nonManifoldEdges, degenerateTriangles, vertices, triangles } = health;
	return digitizeReport.parse({
		format: 'xishan-report/1',
		unit: oriented.unit,
		up: oriented.up,
		measures: {
			vertices,
			triangles,
			bounds,
			boundaryEdges,
			nonManifoldEdges,
			degenerateTriangles,
			materials: materials.length,
			textures: scan.textures.map(({ name, widthPx, heightPx, bytes }) => ({
				name,
				widthPx,
				heightPx,
				bytes: bytes.length,
			})),
		},
		findings: distinct(findings),
	});
}

/** One texture missing in fifty materials is one finding. */
function distinct(findings: Finding[]): Finding[] {
	return [...new Map(findings.map((f) => [JSON.stringify(f), f])).values()];
}

/** The manifest the engine reads. */
export async function makeManifest(
	file: SourceFile,
	health: Health,
	oriented: Oriented,
	tiers: TierFile[],
	bounds: Bounds,
	poster: AssetManifest['poster'],
	options: AssetManifest['recipe']['options'],
): Promise<SpatialManifest> {
	return {
		format: 'xishan-asset/1',
		kind: 'mesh',
		bounds,
		source: {
			name: file.name,
			bytes: file.sizeBytes,
			sha256: file.sha256,
			triangles: health.triangles,
			unit: oriented.unit.value,
			up: oriented.up.value,
		},
		tiers,
		poster,
		report: REPORT_FILE,
		recipe: { tools: await toolVersions(), options },
	};
}
