import { expect, it } from 'vitest';
import { diff } from '../../../server/catalogue/diff.ts';
import { anExhibit } from '../../support/records.ts';

it('the same document differs nowhere', () => {
	expect(diff(anExhibit(), structuredClone(anExhibit()))).toEqual([]);
});

it('fields are named by their path, the smallest that differ', () => {
	const before = { name: { 'zh-CN': '鼓', en: 'Drum' }, year: 1, place: 'here' };
	const after = { name: { 'zh-CN': '锣', en: 'Drum' }, year: 1, tags: ['a'] };
	expect(diff(before, after)).toEqual([
		{ path: 'name.zh-CN', kind: 'changed', before: '鼓', after: '锣' },
		{ path: 'place', kind: 'removed', before: 'here' },
		{ path: 'tags', kind: 'added', after: ['a'] },
	]);
});

it('members with ids are found again wherever they stand', () => {
	const piece = (id: string, x: number) => ({ id, at: [x, 0, 0] });
	const before = { pieces: [piece('a', 1), piece('b', 2), piece('c', 3)] };
	const after = { pieces: [piece('c', 3), piece('a', 9), piece('d', 4)] };
	expect(diff(before, after)).toEqual([
		{ path: 'pieces[a].at', kind: 'changed', before: [1, 0, 0], after: [9, 0, 0] },
		{ path: 'pieces[b]', kind: 'removed', before: piece('b', 2) },
		{ path: 'pieces[d]', kind: 'added', after: piece('d', 4) },
		{ path: 'pieces', kind: 'reordered', before: ['a', 'b', 'c'], after: ['c', 'a', 'd'] },
	]);
});

it('members without ids are compared by where they stand, plain lists as one value', () => {
	const before = { sources: [{ title: 'one' }, { title: 'two' }], libraries: ['a', 'b'] };
	const after = { sources: [{ title: 'one' }], libraries: ['b', 'a'] };
	expect(diff(before, after)).toEqual([
		{ path: 'sources[1]', kind: 'removed', before: { title: 'two' } },
		{ path: 'libraries', kind: 'changed', before: ['a', 'b'], after: ['b', 'a'] },
	]);
});
