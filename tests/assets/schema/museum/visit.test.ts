import { expect, it } from 'vitest';
import { museumVisit } from '#schema/museum/visit';

const checked = { checked: '2026-03-01', sources: [{ title: '门口的牌子' }] };
const accepts = (visit: object) => museumVisit.safeParse(visit).success;

it('a visit says nothing where nothing is known', () => {
	expect(accepts({})).toBe(true);
});

it('what is said names the day it was checked and its source', () => {
	expect(accepts({ stepFree: { reach: 'partly', ...checked } })).toBe(true);
	expect(accepts({ stepFree: { reach: 'partly' } })).toBe(false);
	expect(accepts({ stepFree: { reach: 'partly', ...checked, sources: [] } })).toBe(false);
});

it.each(['9:00', '25:00', '12:60', 'noon'])('a door does not open at %s', (opens) => {
	const weekly = [{ weekdays: ['monday'], opens, closes: '17:00' }];
	expect(accepts({ openingHours: { weekly, ...checked } })).toBe(false);
});
