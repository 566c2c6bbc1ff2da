/** Chinese is the source of every other language, and always public. */
export const SOURCE_LANGUAGE = 'zh-CN';

/** Whether a value of a document is one thing in several languages: it then has it in Chinese. */
export function isLocalized(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.hasOwn(value, SOURCE_LANGUAGE)
	);
}

/**
 * A document with its texts in the given languages alone. The input is not changed; where nothing is
 * to go it is returned itself, so that the usual case costs a walk and no copy.
 */
export function stripLanguages<T>(document: T, languages: readonly string[]): T {
	return strip(document, languages) as T;
}

function strip(value: unknown, languages: readonly string[]): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		const items = value.map((item) => strip(item, languages));
		return items.every((item, i) => item === value[i]) ? value : items;
	}
	const entries = Object.entries(value);
	if (isLocalized(value)) {
		const kept = entries.filter(([language]) => languages.includes(language));
		return kept.length === entries.length ? value : Object.fromEntries(kept);
	}
	let isSame = true;
	const fields = entries.map(([key, item]): [string, unknown] => {
		const kept = strip(item, languages);
		isSame &&= kept === item;
		return [key, kept];
	});
	return isSame ? value : Object.fromEntries(fields);
}
