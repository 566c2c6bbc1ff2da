import { describe, expect, it } from 'vitest';
import { lunarRule, TRADITION_CATEGORIES } from '#schema/tradition/tradition';

describe('a lunar rule', () => {
	it('is a span of days within one month', () => {
		expect(lunarRule.safeParse({ month: 1, firstDay: 15, lastDay: 16 }).success).toBe(true);
		expect(lunarRule.safeParse({ month: 4, firstDay: 1, lastDay: 1 }).success).toBe(true);
	});

	it('is refused backwards, in a thirteenth month or past a thirtieth day', () => {
		expect(lunarRule.safeParse({ month: 1, firstDay: 16, lastDay: 15 }).success).toBe(false);
		expect(lunarRule.safeParse({ month: 13, firstDay: 1, lastDay: 2 }).success).toBe(false);
		expect(lunarRule.safeParse({ month: 12, firstDay: 29, lastDay: 31 }).success).toBe(false);
	});
});

describe('the categories of intangible heritage', () => {
	it('are the ten of the national list', () => {
		expect(new Set(TRADITION_CATEGORIES).size).toBe(10);
	});
});
