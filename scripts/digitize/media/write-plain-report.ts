import type { AssetKind } from '#schema/asset-manifest';
import type { Finding } from '#schema/digitize-report';
import type { Json } from '../cache/canonical-json.ts';
import { REPORT_FILE } from '../report.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';

/** Writes the report of what is no mesh: its measures, units in their names, and what was found. */
export async function writePlainReport(
	{ folder }: Work,
	kind: AssetKind,
	measures: { [name: string]: Json },
	findings: Finding[],
): Promise<void> {
	await writeJson(folder, REPORT_FILE, { format: 'xishan-report/1', kind, measures, findings });
}
