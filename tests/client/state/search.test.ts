import { describe, expect, it } from 'vitest';
import { RESOURCES } from '#schema/record/resources';
import { ApiProblem } from '../../../client/api/api-problem.ts';
import { Search, type SearchParts } from '../../../client/state/search.ts';
import { aMuseum } from '../../support/records.ts';

function aSearch(over: Partial<SearchParts> = {}) {
	const asked: string[] = [];
	const reached: boolean[] = [];
	const search = new Search({
		find: async (resource, q) => {
			asked.push(`${resource} ${q}`);
			return resource === 'museums' && q === '寺'
				? { items: [aMuseum()], total: 1 }
				: { items: [], total: 0 };
		},
		wait: async () => {},
		onReach: (isReached) => reached.push(isReached),
		...over,
	});
	return { search, asked, reached, state: () => search.store.getState() };
}

describe('the search', () => {
	it('asks every kind once and keeps the kinds that have something', async () => {
		const { search, asked, state } = aSearch();
		await search.ask(' 寺 ');
		expect(asked).toEqual(RESOURCES.map((resource) => `${resource} 寺`));
		expect(state()).toMatchObject({ status: 'ready', answered: '寺' });
		expect(state().groups.map((group) => group.resource)).toEqual(['museums']);
	});

	it('is ready, and empty, when nothing is found', async () => {
		const { search, state } = aSearch();
		await search.ask('zzz');
		expect(state()).toMatchObject({ status: 'ready', answered: 'zzz', groups: [] });
	});

	it('lets a newer question call the older one off before it is asked', async () => {
		const pauses: (() => void)[] = [];
		const { search, asked, state } = aSearch({
			wait: () => new Promise((resolve) => pauses.push(resolve)),
		});
		const older = search.ask('太');
		const newer = search.ask('太平');
		for (const end of pauses) end();
		await Promise.all([older, newer]);
		expect(asked.every((line) => line.endsWith('太平'))).toBe(true);
		expect(state().answered).toBe('太平');
	});

	it('never shows an answer that comes after a newer one', async () => {
		const answers = new Map<string, () => void>();
		const { search, state } = aSearch({
			find: (resource, q) =>
				new Promise((resolve) => {
					const give = () => resolve({ items: [], total: 0 });
					answers.set(`${resource} ${q}`, give);
				}),
		});
		const older = search.ask('a', true);
		const newer = search.ask('b', true);
		for (const [key, give] of answers) if (key.endsWith('b')) give();
		await newer;
		for (const [key, give] of answers) if (key.endsWith('a')) give();
		await older;
		expect(state().answered).toBe('b');
	});

	it('forgets everything when the question is taken back', async () => {
		const { search, state } = aSearch();
		await search.ask('寺');
		await search.ask('');
		expect(state()).toMatchObject({ status: 'idle', query: '', groups: [] });
	});

	it('tells a missing server from a refusal', async () => {
		const { search, state, reached } = aSearch({
			find: () => Promise.reject(new ApiProblem('offline', 'cut')),
		});
		await search.ask('寺');
		expect(state().status).toBe('offline');
		expect(reached).toEqual([false]);
		const busy = aSearch({ find: () => Promise.reject(new ApiProblem('rate-limited', 'slow')) });
		await busy.search.ask('寺');
		expect(busy.state()).toMatchObject({ status: 'error', code: 'rate-limited' });
	});
});
