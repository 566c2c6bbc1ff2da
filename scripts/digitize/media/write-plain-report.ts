import { makePlainReport, type PlainCase } from '../report/make-plain-report.ts';
import { REPORT_FILE } from '../result-files.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';

/** Writes the report of what is no mesh: its measures, units in their names, and what was found. */
export async function writePlainReport(
	{ folder }: Work,
	kind: PlainCase['kind'],
	measures: PlainCase['measures'],
	findings: PlainCase['findings'],
): Promise<void> {
	await writeJson(folder, REPORT_FILE, await makePlainReport({ kind, measures, findings }));
}
