import { type PlainReport, plainReport } from '#schema/asset/digitize-report';
import { distinct } from './distinct.ts';
import { sayReport } from './say-report.ts';

/** What a report of something that is no mesh is made of. */
export type PlainCase = Pick<
	PlainReport,
	'kind' | 'measures' | 'findings' | 'unit' | 'up' | 'deviations'
>;

/**
 * What was found in points, splats, an image, a panorama or a recording, in numbers and in sentences:
 * those of `about.KIND` in `assets/locales/LANGUAGE/report.json` whose values are among `measures`, and
 * one for each finding.
 */
export async function makePlainReport(of: PlainCase): Promise<PlainReport> {
	const report = { ...of, format: 'xishan-report/1', findings: distinct(of.findings) } as const;
	return plainReport.parse({ ...report, sentences: await sayReport(report) });
}
