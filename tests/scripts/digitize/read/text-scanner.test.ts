import { describe, expect, it } from 'vitest';
import { TextScanner } from '../../../../scripts/digitize/read/text-scanner.ts';

const scan = (text: string) => new TextScanner(Buffer.from(text));

describe('scanning numbers', () => {
	it.each([
		'0',
		'-1',
		'+3.25',
		'.5',
		'7.',
		'1e3',
		'-2.5E-4',
		'123456.789012',
		'0.000000123456789',
		'431000.12345678901234',
		'6.02214076e23',
		'1e-320',
	])('reads %s as JavaScript does', (text) => {
		const value = scan(text).number();
		expect(Math.abs(value - Number(text))).toBeLessThanOrEqual(Math.abs(Number(text)) * 3e-15);
	});

	it('gives NaN for words and steps over them', () => {
		const scanner = scan('nan 4');
		expect(scanner.number()).toBeNaN();
		expect(scanner.number()).toBe(4);
	});

	it('gives infinity for what is too large, so that it can be refused', () => {
		expect(scan('1e999').number()).toBe(Number.POSITIVE_INFINITY);
	});

	it('does not run over the end of a line', () => {
		const scanner = scan('1 2\n3');
		scanner.number();
		scanner.number();
		expect(scanner.atLineEnd()).toBe(true);
		expect(scanner.number()).toBeNaN();
		scanner.nextLine();
		expect(scanner.number()).toBe(3);
	});
});
