import { createStore, type StoreApi } from 'zustand/vanilla';
import { LANGUAGES, type Language } from '#schema/value/text';

/** Chinese has the plain addresses; every other language stands in front of the path. */
const PREFIX: Record<Language, string> = { 'zh-CN': '', en: '/en' };
const REMEMBERED_AS = 'xishan.language';

/** What the store asks of the device: `localStorage` fits, and it may refuse (private windows). */
export interface LanguageMemory {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
}

export interface LanguageState {
	language: Language;
}

/** The visitor's language. Scope: session, remembered on this device. The address decides, so links can be passed on. */
export interface LanguageStore {
	store: StoreApi<LanguageState>;
	/** Takes on the language of an address; `chosen` when the visitor asked for it, which is remembered. */
	follow(pathname: string, chosen?: boolean): void;
	/** Where a visit that begins at `/` should begin, by what is remembered, else by what the browser speaks. */
	firstPath(pathname: string, spoken: readonly string[]): string;
}

/** The language an address speaks. */
export function languageOfPath(pathname: string): Language {
	const isPrefixed = (language: Language): boolean => {
		const prefix = PREFIX[language];
		return prefix !== '' && (pathname === prefix || pathname.startsWith(`${prefix}/`));
	};
	return LANGUAGES.find(isPrefixed) ?? 'zh-CN';
}

/** The same page in another language. */
export function pathInLanguage(pathname: string, language: Language): string {
	const bare = pathname.slice(PREFIX[languageOfPath(pathname)].length) || '/';
	if (PREFIX[language] === '') return bare;
	return bare === '/' ? PREFIX[language] : PREFIX[language] + bare;
}

/** What stands before every address of a language; '' for Chinese. */
export function prefixOf(language: Language): string {
	return PREFIX[language];
}

export function createLanguageStore(pathname: string, memory: LanguageMemory): LanguageStore {
	const store = createStore<LanguageState>(() => ({ language: languageOfPath(pathname) }));
	return {
		store,
		follow(path, chosen = false) {
			const language = languageOfPath(path);
			if (language !== store.getState().language) store.setState({ language });
			if (chosen) remember(memory, language);
		},
		firstPath(path, spoken) {
			if (path !== '/') return path;
			return pathInLanguage(path, recall(memory) ?? firstSpoken(spoken));
		},
	};
}

function firstSpoken(spoken: readonly string[]): Language {
	for (const tag of spoken) {
		const found = LANGUAGES.find((language) => tag.split('-')[0] === language.split('-')[0]);
		if (found) return found;
	}
	return 'zh-CN';
}

function recall(memory: LanguageMemory): Language | undefined {
	try {
		const found = memory.getItem(REMEMBERED_AS);
		return LANGUAGES.find((language) => language === found);
	} catch {
		return undefined;
	}
}

function remember(memory: LanguageMemory, language: Language): void {
	try {
		memory.setItem(REMEMBERED_AS, language);
	} catch {
		// A device that keeps nothing still shows the language of the address.
	}
}
