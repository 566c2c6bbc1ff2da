import { expect, it } from 'vitest';
import { mediaList } from '#schema/media/medium';

const film = { id: 'film', role: 'film', asset: 'latest' };

function faultsOf(...media: object[]): string[] {
	return (mediaList.safeParse(media).error?.issues ?? []).map((issue) => issue.path.join('.'));
}

it('a medium shows the latest asset or a pinned one, and nothing else', () => {
	expect(faultsOf(film, { ...film, id: 'pinned', asset: 'a0'.repeat(16) })).toEqual([]);
	expect(faultsOf({ ...film, asset: 'newest' })).toEqual(['0.asset']);
});

it('media of one record have names of their own, and accompany each other only', () => {
	const captions = { id: 'captions', role: 'captions', asset: 'latest', language: 'zh-CN' };
	expect(faultsOf(film, { ...captions, accompanies: 'film' })).toEqual([]);
	expect(faultsOf(film, { ...captions, accompanies: 'play' })).toEqual(['1.accompanies']);
	expect(faultsOf(film, film)).toEqual(['1.id']);
});
