import { describe, expect, it } from 'vitest';
import {
	createLanguageStore,
	languageOfPath,
	pathInLanguage,
} from '../../../client/state/language.ts';

function aMemory(kept: Record<string, string> = {}) {
	return {
		kept,
		getItem: (key: string) => kept[key] ?? null,
		setItem: (key: string, value: string) => {
			kept[key] = value;
		},
	};
}

const FORBIDDEN = {
	getItem: (): string => {
		throw new Error('forbidden');
	},
	setItem: (): void => {
		throw new Error('forbidden');
	},
};

describe('the language of a visit', () => {
	it('is read off the address, and only off a whole first step of it', () => {
		expect(languageOfPath('/')).toBe('zh-CN');
		expect(languageOfPath('/museums/x')).toBe('zh-CN');
		expect(languageOfPath('/en')).toBe('en');
		expect(languageOfPath('/en/museums/x')).toBe('en');
		expect(languageOfPath('/enamel')).toBe('zh-CN');
	});

	it('moves an address to the other language and back', () => {
		for (const path of ['/', '/museums/x', '/tours/a/b']) {
			const english = pathInLanguage(path, 'en');
			expect(languageOfPath(english)).toBe('en');
			expect(pathInLanguage(english, 'zh-CN')).toBe(path);
			expect(pathInLanguage(english, 'en')).toBe(english);
		}
	});

	it('is remembered only when the visitor chose it', () => {
		const memory = aMemory();
		const language = createLanguageStore('/', memory);
		language.follow('/en/about');
		expect(language.store.getState().language).toBe('en');
		expect(memory.kept).toEqual({});
		language.follow('/en/about', true);
		expect(Object.values(memory.kept)).toEqual(['en']);
	});

	it('begins at the front door with what is remembered, else with what the browser speaks', () => {
		const fresh = createLanguageStore('/', aMemory());
		expect(fresh.firstPath('/', ['en-GB', 'zh'])).toBe('/en');
		expect(fresh.firstPath('/', ['fr', 'zh-TW', 'en'])).toBe('/');
		expect(fresh.firstPath('/', ['fr'])).toBe('/');
		const remembered = createLanguageStore('/', aMemory({ 'xishan.language': 'zh-CN' }));
		expect(remembered.firstPath('/', ['en'])).toBe('/');
	});

	it('leaves a deep link in the language it was sent in', () => {
		const language = createLanguageStore('/', aMemory({ 'xishan.language': 'en' }));
		expect(language.firstPath('/artefacts/stele', ['en'])).toBe('/artefacts/stele');
	});

	it('works on a device that keeps nothing', () => {
		const language = createLanguageStore('/', FORBIDDEN);
		language.follow('/en', true);
		expect(language.store.getState().language).toBe('en');
		expect(language.firstPath('/', ['en'])).toBe('/en');
	});
});
