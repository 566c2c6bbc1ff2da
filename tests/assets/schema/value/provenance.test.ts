import { describe, expect, it } from 'vitest';
import { fact } from '#schema/value/provenance';

const text = { 'zh-CN': '始建' };
const source = { title: '一本书', date: '1999' };
const accepts = (verification: string, sources: object[]) =>
	fact.safeParse({ label: text, value: text, verification, sources }).success;

describe('a fact', () => {
	it('may stand without a source only while it is unverified', () => {
		expect(accepts('unverified', [])).toBe(true);
		expect(accepts('single-source', [])).toBe(false);
		expect(accepts('verified', [])).toBe(false);
	});

	it('is accepted with its source', () => {
		expect(accepts('single-source', [source])).toBe(true);
	});

	it('is refused when its source has a broken address', () => {
		expect(accepts('single-source', [{ ...source, url: 'somewhere on the web' }])).toBe(false);
	});
});
