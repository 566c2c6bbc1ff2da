import { expect, it } from 'vitest';
import { languageStates, writtenLanguages } from '../../../server/catalogue/language-states.ts';
import { stripLanguages } from '../../../server/catalogue/languages.ts';

const document = {
	id: 'x',
	name: { 'zh-CN': '鼓', en: 'Drum', ja: '太鼓' },
	pieces: [{ id: 'a', caption: { 'zh-CN': '甲' } }],
	body: { 'zh-CN': { type: 'doc', content: [] }, en: { type: 'doc', content: [] } },
};

it('languages that are not public go, everywhere and whole', () => {
	expect(stripLanguages(document, ['zh-CN', 'ja'])).toEqual({
		...document,
		name: { 'zh-CN': '鼓', ja: '太鼓' },
		body: { 'zh-CN': { type: 'doc', content: [] } },
	});
	expect(document.name.en).toBe('Drum');
});

it('media in a language that goes go with it, and what accompanies them; others stay', () => {
	const media = [
		{ id: 'model' },
		{ id: 'told', language: 'en' },
		{ id: 'subtitles', language: 'zh-CN', accompanies: 'told' },
		{ id: 'erzaehlt', language: 'de' },
		{ id: 'jiang', language: 'zh-CN' },
	];
	const idsOf = (languages: string[]) =>
		stripLanguages({ ...document, media }, languages).media.map(({ id }) => id);
	expect(idsOf(['zh-CN', 'ja'])).toEqual(['model', 'erzaehlt', 'jiang']);
	expect(idsOf(['zh-CN', 'en', 'ja'])).toEqual(media.map(({ id }) => id));
});

it('where nothing is to go, nothing is copied', () => {
	expect(stripLanguages(document, ['zh-CN', 'en', 'ja', 'de'])).toBe(document);
});

const named = (zh: string, en?: string, more: object = {}) => ({
	name: { 'zh-CN': zh, ...(en ? { en } : {}) },
	...more,
});
const first = languageStates(named('鼓', 'Drum'), ['en']);
const stateOf = (states: ReturnType<typeof languageStates>) =>
	Object.fromEntries(Object.entries(states).map(([language, { state }]) => [language, state]));

it('a language without a text is empty, one that nobody checked a draft', () => {
	expect(stateOf(languageStates(named('鼓')))).toEqual({ 'zh-CN': 'draft', en: 'empty' });
	expect(stateOf(first)).toEqual({ 'zh-CN': 'draft', en: 'checked' });
	expect(writtenLanguages(languageStates(named('鼓')))).toEqual(['zh-CN']);
	expect(writtenLanguages(languageStates({ id: 'x' }))).toEqual(['zh-CN']);
});

it('what was checked is stale while its source differs from the one it was made from', () => {
	const before = { document: named('鼓', 'Drum'), states: first };
	const stale = languageStates(named('锣', 'Drum'), [], before);
	expect(stateOf(stale).en).toBe('stale');
	expect(stale.en?.sourceSha256).toBe(first.en?.sourceSha256);
	const back = languageStates(named('鼓', 'Drum'), [], {
		document: named('锣', 'Drum'),
		states: stale,
	});
	expect(stateOf(back).en).toBe('checked');
	const rewritten = languageStates(named('锣', 'Gong'), [], before);
	expect(stateOf(rewritten).en).toBe('draft');
});

it('what is no text makes nothing stale, nor the order of things', () => {
	const two = [named('鼓', 'Drum'), named('锣', 'Gong')];
	const states = languageStates({ pieces: two }, ['en', 'zh-CN']);
	const after = languageStates({ pieces: two.toReversed(), weight: 2 }, [], {
		document: { pieces: two },
		states,
	});
	expect(after).toEqual(states);
});
