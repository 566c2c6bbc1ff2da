import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, pageOf } from '#schema/record/page';
import { pageQuery } from '#schema/record/page-query';

const accepts = (query: object) => pageQuery.safeParse(query).success;

describe('the query of a list', () => {
	it('has a limit without being asked, and reads one from the address', () => {
		expect(pageQuery.parse({}).limit).toBe(PAGE_LIMIT_DEFAULT);
		expect(pageQuery.parse({ limit: '7' }).limit).toBe(7);
	});

	it('takes the largest limit and refuses one more, none, half or a word', () => {
		expect(accepts({ limit: String(PAGE_LIMIT_MAX) })).toBe(true);
		for (const limit of [String(PAGE_LIMIT_MAX + 1), '0', '-1', '2.5', 'all']) {
			expect(accepts({ limit })).toBe(false);
		}
	});

	it('trims what is searched for and refuses nothing but spaces', () => {
		expect(pageQuery.parse({ q: ' 琉璃 ' }).q).toBe('琉璃');
		expect(accepts({ q: '   ' })).toBe(false);
		expect(accepts({ q: '龙'.repeat(201) })).toBe(false);
	});

	it('takes names of records, alone, and no more than a page of them', () => {
		expect(pageQuery.parse({ ids: 'drum,stele' }).ids).toEqual(['drum', 'stele']);
		const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`).join(',');
		expect(accepts({ ids: names(PAGE_LIMIT_MAX) })).toBe(true);
		for (const ids of ['', 'drum,', '../etc', names(PAGE_LIMIT_MAX + 1)]) {
			expect(accepts({ ids })).toBe(false);
		}
		for (const filter of ['museum', 'kind', 'library', 'category', 'q', 'cursor']) {
			expect(accepts({ ids: 'drum', [filter]: 'x' })).toBe(false);
		}
	});

	it('refuses a filter it does not know, and one that is no id', () => {
		expect(accepts({ colour: 'red' })).toBe(false);
		expect(accepts({ museum: '../etc' })).toBe(false);
	});
});

describe('a page of results', () => {
	it('needs neither a next page nor a total, and refuses a negative one', () => {
		const page = pageOf(z.string());
		expect(page.safeParse({ items: [] }).success).toBe(true);
		expect(page.safeParse({ items: ['a'], total: { value: -1, exact: true } }).success).toBe(false);
	});
});
