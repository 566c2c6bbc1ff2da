import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { documentHash } from '../../../server/catalogue/document-hash.ts';

const COLLECTION = resolve(import.meta.dirname, '../../../assets/collection');

/** Keys in code-unit order, no blanks: how documents were named from the first version on. */
function plainlySorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plainlySorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, item]) => [key, plainlySorted(item)]));
}

it('documents keep the names they had, all of the demo cluster', () => {
	const documents = readdirSync(COLLECTION).flatMap(
		(name) => JSON.parse(readFileSync(join(COLLECTION, name), 'utf8')) as object[],
	);
	expect(documents.length).toBeGreaterThan(60);
	for (const document of documents) {
		const text = JSON.stringify(plainlySorted(document));
		expect(documentHash(document)).toBe(createHash('sha256').update(text).digest('hex'));
	}
});

it('the same data has the same name, whatever the order of its fields', () => {
	expect(documentHash({ a: 1, b: { d: 2, c: [1, 2] }, e: undefined })).toBe(
		documentHash({ b: { c: [1, 2], d: 2 }, a: 1 }),
	);
	expect(documentHash({ a: [1, 2] })).not.toBe(documentHash({ a: [2, 1] }));
});
