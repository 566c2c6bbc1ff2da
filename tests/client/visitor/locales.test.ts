import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registration } from '#schema/artefact/registration';
import { DIGITIZE_STAGES } from '#schema/digitize/digitize-event';
import { REFUSAL_CODES } from '#schema/digitize/refusal';
import { LIBRARY_GROUPS } from '#schema/library/library';
import { MUSEUM_KINDS } from '#schema/museum/museum';
import { PROBLEM_CODES } from '#schema/problem/problem';
import { TRADITION_CATEGORIES, TRADITION_LEVELS } from '#schema/tradition/tradition';
import { LANGUAGES } from '#schema/value/text';

const ROOT = resolve(import.meta.dirname, '../../..');
const PLURAL = /_(?:zero|one|two|few|many|other)$/;

function words(language: string, namespace: string): Map<string, string> {
	const path = join(ROOT, 'assets/locales', language, `${namespace}.json`);
	const flat = new Map<string, string>();
	const walk = (value: unknown, at: string): void => {
		if (typeof value === 'string') flat.set(at, value);
		else
			for (const [key, inner] of Object.entries(value ?? {}))
				walk(inner, at === '' ? key : `${at}.${key}`);
	};
	walk(JSON.parse(readFileSync(path, 'utf8')), '');
	return flat;
}

const withoutPlural = (flat: Map<string, string>): string[] =>
	[...new Set([...flat.keys()].map((key) => key.replace(PLURAL, '')))].sort();

const placeholders = (text: string): string[] =>
	[...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name))].sort();

const NAMESPACES = ['interface', 'report', 'stage'];

describe('the words of the interface', () => {
	for (const namespace of NAMESPACES) {
		it(`are complete in every language (${namespace})`, () => {
			const [first = '', ...others] = LANGUAGES;
			const expected = withoutPlural(words(first, namespace));
			expect(expected.length).toBeGreaterThan(20);
			for (const other of others) expect(withoutPlural(words(other, namespace))).toEqual(expected);
		});

		it(`fill in the same values in every language (${namespace})`, () => {
			const [zh, en] = LANGUAGES.map((language) => words(language, namespace));
			for (const [key, text] of en ?? []) {
				const base = key.replace(PLURAL, '');
				const original = zh?.get(base) ?? zh?.get(`${base}_other`) ?? zh?.get(key) ?? '';
				expect(placeholders(text), key).toEqual(placeholders(original));
			}
		});
	}

	it('hold every key the pages ask for', () => {
		const known = new Set(withoutPlural(words('zh-CN', 'interface')));
		const asked = ['client/visitor', 'client/parts']
			.flatMap((folder) =>
				readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }),
			)
			.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
			.flatMap((entry) => {
				const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
				return [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key);
			});
		expect(asked.length).toBeGreaterThan(80);
		expect(asked.filter((key) => !known.has(key))).toEqual([]);
	});

	it('have a word for every value of the closed vocabularies', () => {
		const known = words('en', 'interface');
		const needed = [
			...PROBLEM_CODES.map((code) => `problem.${code}`),
			'problem.offline',
			'problem.unreadable',
			...REFUSAL_CODES.map((code) => `refusal.${code}`),
			'refusal.internal',
			...DIGITIZE_STAGES.map((stage) => `making.stage.${stage}`),
			...TRADITION_CATEGORIES.map((category) => `category.${category}`),
			...TRADITION_LEVELS.map((level) => `level.${level}`),
			...MUSEUM_KINDS.map((kind) => `museum.kind.${kind}`),
			...LIBRARY_GROUPS.map((group) => `library.group.${group}`),
			...Object.keys(registration.shape).map((field) => `registration.field.${field}`),
		];
		expect(needed.filter((key) => !known.has(key))).toEqual([]);
	});
});
