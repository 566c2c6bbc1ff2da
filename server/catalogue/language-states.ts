import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { LanguageStates } from '#schema/record/life';
import { LANGUAGES } from '#schema/value/text';
import { isLocalized, SOURCE_LANGUAGE } from './languages.ts';

/** What the states of a revision's languages follow from, beside its own texts. */
export interface LanguagesBefore {
	document: unknown;
	states: LanguageStates | null;
}

function collect(value: unknown, found: Map<string, string[]>): void {
	if (typeof value !== 'object' || value === null) return;
	if (!isLocalized(value)) {
		for (const item of Object.values(value)) collect(item, found);
		return;
	}
	for (const [language, text] of Object.entries(value)) {
		const written = typeof text === 'string' ? text : canonicalize(text);
		if (!written) continue;
		const texts = found.get(language);
		if (texts) texts.push(written);
		else found.set(language, [written]);
	}
}

/** Of each language a document has, the hash of all its texts; the order they stand in does not count. */
function textHashes(document: unknown): Map<string, string> {
	const found = new Map<string, string[]>();
	collect(document, found);
	const hashes = new Map<string, string>();
	for (const [language, texts] of found) {
		const all = JSON.stringify(texts.sort());
		hashes.set(language, createHash('sha256').update(all).digest('hex'));
	}
	return hashes;
}

/** What a translation that was not checked just now is, and the source it was made from. */
function stateAfter(
	known: LanguageStates[string] | undefined,
	isUnchanged: boolean,
	source: string,
): LanguageStates[string] {
	if (!isUnchanged || known === undefined || known.state === 'empty') {
		return { state: 'draft', sourceSha256: source };
	}
	if (known.state === 'draft') return known;
	const isFresh = known.sourceSha256 === source;
	return { state: isFresh ? 'checked' : 'stale', sourceSha256: known.sourceSha256 };
}

/**
 * State of each language of a document, and the hash of the source text it was made from. `checked`
 * names the languages a person has just found right. A translation that was checked stays so until its
 * own words change (draft) or the Chinese ones do (stale). Languages of the interface that have no
 * text are there as empty.
 */
export function languageStates(
	document: unknown,
	checked: readonly string[] = [],
	before?: LanguagesBefore,
): LanguageStates {
	const hashes = textHashes(document);
	const hashesBefore = before?.states ? textHashes(before.document) : undefined;
	const source = hashes.get(SOURCE_LANGUAGE) ?? createHash('sha256').update('[]').digest('hex');
	const states: LanguageStates = {};
	for (const language of new Set([...LANGUAGES, ...hashes.keys()])) {
		const hash = hashes.get(language);
		if (hash === undefined) states[language] = { state: 'empty', sourceSha256: source };
		else if (checked.includes(language)) {
			states[language] = { state: 'checked', sourceSha256: source };
		} else {
			const isUnchanged = hashesBefore?.get(language) === hash;
			states[language] = stateAfter(before?.states?.[language], isUnchanged, source);
		}
	}
	return states;
}

/** The languages a revision has any text in; Chinese is always among them. */
export function writtenLanguages(states: LanguageStates): string[] {
	const written = Object.keys(states).filter((language) => states[language]?.state !== 'empty');
	return [...new Set([SOURCE_LANGUAGE, ...written])];
}
