import { parse } from 'node:path';
import { formatsNamed } from '../intake/formats.ts';

/** A language tag as names of files carry it, BCP 47: language, perhaps script and region. */
const TAG = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i;
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/**
 * The language that the name of a WebVTT file tells, canonical (`zh-CN`): its last word, as in
 * `talk.zh-CN.vtt`, or the whole of it, as in `en.vtt`, where that is a language with an English name and
 * no mere word of three letters. Undefined where it tells none.
 */
export function captionLanguage(name: string): string | undefined {
	const stem = parse(name).name;
	const tag = stem.slice(stem.lastIndexOf('.') + 1);
	if (!TAG.test(tag) || formatsNamed(`.${tag.toLowerCase()}`).length > 0) return undefined;
	try {
		const [language] = Intl.getCanonicalLocales(tag);
		const isWord = tag === stem && LANGUAGES.of(tag.split('-')[0] ?? tag) === undefined;
		return isWord ? undefined : language;
	} catch {
		return undefined;
	}
}
