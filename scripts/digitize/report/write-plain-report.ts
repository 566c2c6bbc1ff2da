import { REPORT_FILE } from '../result-files.ts';
import type { Work } from '../work.ts';
import { writeJson } from '../write.ts';
import { makePlainReport, type PlainCase } from './make-plain-report.ts';

/**
 * Writes the report of what is no mesh: its measures, units in their names, and what was found, first of
 * all what was noticed while the source was opened.
 */
export async function writePlainReport({ source, folder }: Work, about: PlainCase): Promise<void> {
	const findings = [...(source.findings ?? []), ...about.findings];
	await writeJson(folder, REPORT_FILE, await makePlainReport({ ...about, findings }));
}
