import { describe, expect, it } from 'vitest';
import { tourStop } from '#schema/tour/tour';

const text = { 'zh-CN': '一站' };
const stop = { id: 'a-stop', title: text, narration: text, caption: text, durationS: 40 };
const accepts = (extra: object) => tourStop.safeParse({ ...stop, ...extra }).success;

describe('a stop of a tour', () => {
	it.each(['artefact', 'tradition', 'museum', 'exhibit'])('may visit one %s', (kind) => {
		expect(accepts({ [kind]: 'a-thing' })).toBe(true);
	});

	it('is refused when it visits nothing', () => {
		expect(accepts({})).toBe(false);
	});

	it('is refused when it visits two things at once', () => {
		expect(accepts({ artefact: 'a-thing', museum: 'a-museum' })).toBe(false);
		expect(accepts({ artefact: 'a-thing', museum: 'a-museum', tradition: 'a-way' })).toBe(false);
	});

	it('may say in which exhibit its artefact stands, and as which piece', () => {
		const there = { artefact: 'a-thing', exhibit: 'a-room', piece: 'a-piece', story: 'a-story' };
		expect(accepts(there)).toBe(true);
		expect(accepts({ artefact: 'a-thing', piece: 'a-piece' })).toBe(false);
	});

	it('lasts longer than no time', () => {
		expect(accepts({ museum: 'a-museum', durationS: 0 })).toBe(false);
	});
});
