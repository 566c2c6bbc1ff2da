import { readFile } from 'node:fs/promises';
import { createInstance, type i18n } from 'i18next';
import { LANGUAGES, type Language } from '#schema/value/text';
import { FORMATTERS } from './formatters.ts';

/** One sentence by its key in `assets/locales/LANGUAGE/report.json`, with what is filled in. */
export interface Sentence {
	key: string;
	values: Readonly<Record<string, string | number>>;
}

export type Words = Record<Language, i18n>;

const MAX_VALUE = 80;

let words: Promise<Words> | undefined;

/** The sentences of reports in every language, read once a process. */
export function reportWords(): Promise<Words> {
	words ??= load();
	return words;
}

async function load(): Promise<Words> {
	const loaded = await Promise.all(LANGUAGES.map(async (l) => [l, await open(l)] as const));
	return Object.fromEntries(loaded) as Words;
}

async function open(language: Language): Promise<i18n> {
	const path = new URL(`../../../assets/locales/${language}/report.json`, import.meta.url);
	const texts: unknown = JSON.parse(await readFile(path, 'utf8'));
	const instance = createInstance();
	await instance.init({
		lng: language,
		ns: ['report'],
		defaultNS: 'report',
		resources: { [language]: { report: texts } },
		fallbackLng: false,
		interpolation: { escapeValue: false },
		showSupportNotice: false,
	} as Parameters<i18n['init']>[0]);
	for (const [name, format] of Object.entries(FORMATTERS)) {
		instance.services.formatter?.add(name, (value, locale) =>
			format(Number(value), value, locale ?? language),
		);
	}
	return instance;
}

/**
 * Says one sentence; undefined where there are no words for it. The first number decides between
 * singular and plural. Values from files are cut short and lose their control characters.
 */
export function say(words: i18n, { key, values }: Sentence): string | undefined {
	const count = Object.values(values).find((value) => typeof value === 'number');
	const options = {
		...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)])),
		...(count === undefined ? {} : { count }),
	};
	return words.exists(key, options) ? words.t(key, options) : undefined;
}

function plain(value: string | number): string | number {
	if (typeof value === 'number') return value;
	const text = value.replaceAll(/\p{C}+/gu, ' ').trim();
	return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}…`;
}
