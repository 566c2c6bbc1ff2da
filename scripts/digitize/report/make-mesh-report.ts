import {
	type Deviation,
	type Finding,
	type MeshReport,
	meshReport,
} from '#schema/asset/digitize-report';
import { distinct } from './distinct.ts';
import type { MeasuredMesh } from './measure-mesh.ts';
import { sayReport } from './say-report.ts';

/** What became known while the tiers were made. */
export interface MeshOutcome {
	/** How far the finest tier lies from the scan at most, in metres. */
	accuracyM?: number | undefined;
	/** The same of every tier, coarse to fine, where it was measured. */
	deviations?: Deviation[];
	/** Of what was made from the tiers. */
	findings?: Finding[];
}

/** The whole report of a mesh, in numbers and in sentences. */
export async function makeMeshReport(
	measured: MeasuredMesh,
	{ deviations, findings = [], accuracyM = deviations?.at(-1)?.maxM }: MeshOutcome,
): Promise<MeshReport> {
	const { unit, up, measures } = measured;
	const { indicators } = measures;
	const report = {
		format: 'xishan-report/1',
		kind: 'mesh',
		unit,
		up,
		measures: {
			...measures,
			indicators: { ...indicators, ...(accuracyM === undefined ? {} : { accuracyM }) },
		},
		findings: distinct([...measured.findings, ...findings]),
		...(deviations === undefined ? {} : { deviations }),
	} as const;
	const sentences = await sayReport(report);
	return meshReport.parse({ ...report, sentences });
}
