import { describe, expect, it } from 'vitest';
import { CC0_URI, rightsUri } from '#schema/value/rights';

describe('a rights statement', () => {
	it.each([
		CC0_URI,
		'https://creativecommons.org/licenses/by-sa/4.0/',
		'http://rightsstatements.org/vocab/InC/1.0/',
	])('may be %s', (uri) => {
		expect(rightsUri.safeParse(uri).success).toBe(true);
	});

	it.each([
		'CC0',
		'https://creativecommons.org/publicdomain/zero/1.0',
		'https://example.org/licenses/by/4.0/',
		`${CC0_URI}deed.zh`,
		`see ${CC0_URI}`,
	])('is refused as %s', (uri) => {
		expect(rightsUri.safeParse(uri).success).toBe(false);
	});
});
