import type { Finding } from '#schema/asset/digitize-report';

/** One texture missing in fifty materials is one finding. */
export function distinct(findings: readonly Finding[]): Finding[] {
	return [...new Map(findings.map((f) => [JSON.stringify(f), f])).values()];
}
