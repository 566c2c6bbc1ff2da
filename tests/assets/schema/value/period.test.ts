import { describe, expect, it } from 'vitest';
import { period } from '#schema/value/period';

const display = { 'zh-CN': '清·乾隆' };
const accepts = (edtf: string) => period.safeParse({ display, edtf }).success;

describe('a period', () => {
	it.each(['1736/1795', '1736', '2006-05-20', '-0210', '1420~', '1263?/..', '0307', '1995/'])(
		'accepts the EDTF date %s',
		(edtf) => {
			expect(accepts(edtf)).toBe(true);
		},
	);

	it.each(['乾隆', '1736–1795', '1736-1795', '36', '1736/', '1736 / 1795', 'circa 1420', ''])(
		'judges %s by the grammar, not by guessing',
		(edtf) => {
			expect(accepts(edtf)).toBe(edtf === '1736/');
		},
	);

	it('keeps the display text as people write it, with or without a range', () => {
		expect(period.parse({ display }).display).toEqual(display);
		expect(period.parse({ display, edtf: '1736/1795' }).display).toEqual(display);
	});
});
