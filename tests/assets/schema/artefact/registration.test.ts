import { describe, expect, it } from 'vitest';
import { missingRegistrationFields, registration } from '#schema/artefact/registration';

const least = registration.parse({ holder: 'some-museum', name: { 'zh-CN': '石狮' } });

describe('the fourteen registration fields', () => {
	it('are fourteen, in the order of the standard', () => {
		expect(Object.keys(registration.shape)).toEqual([
			'holder',
			'registrationNumber',
			'name',
			'period',
			'material',
			'category',
			'quantity',
			'dimensions',
			'massKg',
			'grade',
			'acquisition',
			'completeness',
			'conservation',
			'accessioned',
		]);
	});

	it('may all be missing but the holder and the name, and the rest is named in order', () => {
		expect(registration.safeParse({ holder: 'some-museum' }).success).toBe(false);
		expect(missingRegistrationFields(least)).toEqual(
			Object.keys(registration.shape).filter((field) => field !== 'holder' && field !== 'name'),
		);
	});

	it('are no longer missing once given', () => {
		const missing = missingRegistrationFields({ ...least, quantity: 1, massKg: 12.5 });
		expect(missing).not.toContain('quantity');
		expect(missing).not.toContain('massKg');
		expect(missing).toContain('dimensions');
	});

	it('refuse a length or a mass that is not positive', () => {
		expect(registration.safeParse({ ...least, massKg: 0 }).success).toBe(false);
		expect(registration.safeParse({ ...least, dimensions: { heightM: -1 } }).success).toBe(false);
	});
});
