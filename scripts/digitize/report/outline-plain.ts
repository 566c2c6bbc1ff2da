import type { i18n } from 'i18next';
import type { Finding, PlainReport } from '#schema/asset/digitize-report';
import type { Sentence } from './words.ts';

const LEVELS: readonly Finding['level'][] = ['fixed', 'warning', 'info'];

/**
 * What to say of something that is no mesh: every sentence of `about.KIND` whose values were all
 * measured, then the findings: mended, worth a look, noted.
 */
export function outlinePlain(
	{ kind, measures, findings, deviations }: Omit<PlainReport, 'sentences'>,
	words: i18n,
): Sentence[] {
	const known: Record<string, string | number> = {};
	for (const [name, value] of Object.entries(measures)) {
		if (typeof value === 'number' || typeof value === 'string') known[name] = value;
	}
	const templates: unknown = words.getResource('en', 'report', `about.${kind}`);
	const facts = Object.entries(templates ?? {}).flatMap(([name, text]) => {
		const needed = [...String(text).matchAll(/\{\{(\w+)/g)].map(([, value = '']) => value);
		const isKnown = needed.every((value) => value in known);
		return isKnown ? [{ key: `about.${kind}.${name}`, values: pick(known, needed) }] : [];
	});
	const finest = deviations?.at(-1);
	if (finest !== undefined) {
		const { maxM, samples } = finest;
		facts.push({ key: 'mesh.deviation', values: { samples, maxM } });
	}
	return [
		...facts,
		...LEVELS.flatMap((level) => findings.filter((f) => f.level === level).map(toSentence)),
	];
}

/** A finding as a sentence of its own. */
export function toSentence({ code, values }: Finding): Sentence {
	return { key: `finding.${code}`, values };
}

function pick(
	known: Record<string, string | number>,
	names: string[],
): Record<string, string | number> {
	return Object.fromEntries(names.map((name) => [name, known[name] ?? '']));
}
