import type {
	DigitizeReport,
	Finding,
	MeshReport,
	PlainReport,
} from '#schema/asset/digitize-report';
import { outlineMesh } from './outline-mesh.ts';
import { outlinePlain } from './outline-plain.ts';
import { reportWords, type Sentence, say } from './words.ts';

/**
 * A report in sentences a curator understands, in every language: what it is, how fine, whether whole,
 * what was mended, how it is coloured, what remains to be done. A finding nobody wrote words for is
 * named by its code.
 */
export async function sayReport(
	report: Omit<MeshReport, 'sentences'> | Omit<PlainReport, 'sentences'>,
): Promise<DigitizeReport['sentences']> {
	const words = await reportWords();
	const outline = report.kind === 'mesh' ? outlineMesh(report) : outlinePlain(report, words.en);
	const advice = report.findings.filter(({ level }) => level === 'warning').map(adviceOf);
	const lines = (language: keyof DigitizeReport['sentences']): string[] => {
		const said = outline.map((s) => say(words[language], s) ?? say(words[language], unknown(s)));
		const advised = advice.map((s) => say(words[language], s));
		const heard = [...said, ...advised].filter((line) => line !== undefined);
		if (advice.length === 0) heard.push(words[language].t('advice-none'));
		return [...new Set(heard)];
	};
	return { 'zh-CN': lines('zh-CN'), en: lines('en') };
}

function adviceOf({ code, values }: Finding): Sentence {
	return { key: `advice.${code}`, values };
}

function unknown({ key }: Sentence): Sentence {
	return { key: 'finding-unknown', values: { code: key.replace(/^finding\./, '') } };
}
