import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../client/api/api-problem.ts';
import { listKey, RecordCache } from '../../../client/state/record-cache.ts';

interface Thing {
	id: string;
	name: string;
}

/** A cache over a tiny server that counts what it is asked and can be cut off. */
function aCache() {
	const world = {
		nowMs: 1000,
		isCut: false,
		asked: [] as string[],
		reached: [] as boolean[],
		things: [
			{ id: 'a', name: 'one' },
			{ id: 'b', name: 'two' },
			{ id: 'c', name: 'three' },
		] as Thing[],
	};
	const answer = async <T>(what: string, give: () => T): Promise<T> => {
		world.asked.push(what);
		await Promise.resolve();
		if (world.isCut) throw new ApiProblem('offline', 'cut');
		return give();
	};
	const cache = new RecordCache<Thing>({
		get: (id) =>
			answer(`get ${id}`, () => {
				const found = world.things.find((thing) => thing.id === id);
				if (!found) throw new ApiProblem('not-found', `no ${id}`);
				return found;
			}),
		list: (query) =>
			answer(`list ${query.cursor ?? ''}`, () => {
				const from = Number(query.cursor ?? 0);
				const items = world.things.slice(from, from + 2);
				const next = from + 2 < world.things.length ? { next: String(from + 2) } : {};
				return { items, ...next };
			}),
		onReach: (isReached) => world.reached.push(isReached),
		nowMs: () => world.nowMs,
		signal: new AbortController().signal,
	});
	return { cache, world, one: (id: string) => cache.store.getState().records[id] };
}

describe('the record cache', () => {
	it('asks once for what two pages want at the same time', async () => {
		const { cache, world, one } = aCache();
		await Promise.all([cache.loadOne('a'), cache.loadOne('a')]);
		expect(world.asked).toEqual(['get a']);
		expect(one('a')).toMatchObject({ status: 'ready', data: { name: 'one' } });
	});

	it('shows what is fresh without asking, and asks again when it is old or told to', async () => {
		const { cache, world, one } = aCache();
		await cache.loadOne('a');
		world.nowMs += 30_000;
		await cache.loadOne('a');
		expect(world.asked).toHaveLength(1);
		world.things[0] = { id: 'a', name: 'renamed' };
		await cache.loadOne('a', true);
		expect(one('a')?.data?.name).toBe('renamed');
		world.nowMs += 61_000;
		await cache.loadOne('a');
		expect(world.asked).toHaveLength(3);
	});

	it('knows a record by itself once a list has brought it', async () => {
		const { cache, world, one } = aCache();
		await cache.loadList({ limit: 2 });
		await cache.loadOne('b');
		expect(one('b')?.data?.name).toBe('two');
		expect(world.asked).toEqual(['list ']);
	});

	it('reads on to the end of a list and then stops', async () => {
		const { cache, world } = aCache();
		const query = { limit: 2 };
		await cache.loadList(query);
		await cache.loadMore(query);
		await cache.loadMore(query);
		const view = cache.store.getState().lists[listKey(query)]?.data;
		expect(view).toEqual({ ids: ['a', 'b', 'c'], next: undefined, total: undefined });
		expect(world.asked).toEqual(['list ', 'list 2']);
	});

	it('says why a record cannot come', async () => {
		const { cache, world, one } = aCache();
		await cache.loadOne('nowhere');
		expect(one('nowhere')).toMatchObject({ status: 'error', code: 'not-found', data: undefined });
		expect(world.reached).toEqual([true]);
	});

	it('keeps what was read when the server is cut off, and gets all that failed once it is back', async () => {
		const { cache, world, one } = aCache();
		await cache.loadOne('a');
		world.isCut = true;
		await cache.loadOne('a', true);
		await cache.loadOne('b');
		await cache.loadList({ limit: 2 });
		expect(one('a')).toMatchObject({ status: 'offline', data: { name: 'one' } });
		expect(one('b')).toMatchObject({ status: 'offline', data: undefined });
		expect(world.reached.slice(1)).toEqual([false, false, false]);
		world.isCut = false;
		await cache.retryOffline();
		expect(one('a')?.status).toBe('ready');
		expect(one('b')).toMatchObject({ status: 'ready', data: { name: 'two' } });
		expect(cache.store.getState().lists[listKey({ limit: 2 })]?.status).toBe('ready');
	});
});
