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
 * A document with its texts in the given languages alone, and without the media that are spoken or written in one
 * of those it loses; one in a language the record has no texts in is its own, as an old recording is. The input is
 * not changed; where nothing is to go it is returned itself, so that the usual case costs a walk and no copy.
 */
export function stripLanguages<T>(document: T, languages: readonly string[]): T {
	const lost = new Set<string>();
	const kept = strip(document, languages, lost);
	return (lost.size === 0 ? kept : withoutMediaIn(kept, lost)) as T;
}

interface SpokenMedium {
	id: string;
	language?: string;
	accompanies?: string;
}

/** What accompanies a medium that goes, such as its captions, goes with it. */
function withoutMediaIn(document: unknown, lost: ReadonlySet<string>): unknown {
	if (typeof document !== 'object' || document === null || !('media' in document)) return document;
	const media = document.media as readonly SpokenMedium[];
	const isLost = ({ language }: SpokenMedium) => language !== undefined && lost.has(language);
	const gone = new Set(media.filter(isLost).map(({ id }) => id));
	const kept = media.filter((each) => !isLost(each) && !gone.has(each.accompanies ?? ''));
	return kept.length === media.length ? document : { ...document, media: kept };
}

function strip(value: unknown, languages: readonly string[], lost: Set<string>): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		const items = value.map((item) => strip(item, languages, lost));
		return items.every((item, i) => item === value[i]) ? value : items;
	}
	const entries = Object.entries(value);
	if (isLocalized(value)) {
		const kept = entries.filter(([language]) => languages.includes(language));
		if (kept.length === entries.length) return value;
		for (const [language] of entries) if (!languages.includes(language)) lost.add(language);
		return Object.fromEntries(kept);
	}
	let isSame = true;
	const fields = entries.map(([key, item]): [string, unknown] => {
		const kept = strip(item, languages, lost);
		isSame &&= kept === item;
		return [key, kept];
	});
	return isSame ? value : Object.fromEntries(fields);
}
