import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../client/api/api-problem.ts';
import { listKey, RecordCache } from '../../../client/state/record-cache.ts';

interface Name {
	id: string;
	name: string;
}
/** A whole record says more than its name. */
interface Thing extends Name {
	text: string;
}

const aThing = (id: string, name = id): Thing => ({ id, name, text: 'long' });

/** A cache over a tiny server that counts what it is asked and can be cut off. */
function aCache(things = [aThing('a', 'one'), aThing('b', 'two'), aThing('c', 'three')]) {
	const world = {
		nowMs: 1000,
		isCut: false,
		asked: [] as string[],
		reached: [] as boolean[],
		things,
	};
	const answer = async <T>(what: string, give: () => T): Promise<T> => {
		world.asked.push(what);
		await Promise.resolve();
		if (world.isCut) throw new ApiProblem('offline', 'cut');
		return give();
	};
	const named = (ids: readonly string[]) =>
		ids.flatMap((id) => world.things.find((thing) => thing.id === id) ?? []);
	const short = ({ id, name }: Thing): Name => ({ id, name });
	const cache = new RecordCache<Thing, Name>({
		get: (id) =>
			answer(`get ${id}`, () => {
				const [found] = named([id]);
				if (!found) throw new ApiProblem('not-found', `no ${id}`);
				return found;
			}),
		getMany: (ids) => answer(`get ${ids.join(',')}`, () => named(ids)),
		getSummaries: (ids) => answer(`name ${ids.join(',')}`, () => named(ids).map(short)),
		list: (query) =>
			answer(`list ${query.cursor ?? ''}`, () => {
				const from = Number(query.cursor ?? 0);
				const items = world.things.slice(from, from + 2).map(short);
				const next = from + 2 < world.things.length ? { next: String(from + 2) } : {};
				return { items, ...next };
			}),
		onReach: (isReached) => world.reached.push(isReached),
		nowMs: () => world.nowMs,
		signal: new AbortController().signal,
	});
	const state = () => cache.store.getState();
	return { cache, world, state, one: (id: string) => state().records[id] };
}

describe('the record cache', () => {
	it('asks once for what two pages want at the same time', async () => {
		const { cache, world, one } = aCache();
		await Promise.all([cache.load('records', ['a']), cache.load('records', ['a'])]);
		expect(world.asked).toEqual(['get a']);
		expect(one('a')).toMatchObject({ status: 'ready', data: { name: 'one' } });
	});

	it('shows what is fresh without asking, and asks again when it is old or told to', async () => {
		const { cache, world, one } = aCache();
		await cache.load('records', ['a']);
		world.nowMs += 30_000;
		await cache.load('records', ['a']);
		expect(world.asked).toHaveLength(1);
		world.things[0] = aThing('a', 'renamed');
		await cache.load('records', ['a'], true);
		expect(one('a')?.data?.name).toBe('renamed');
		world.nowMs += 61_000;
		await cache.load('records', ['a']);
		expect(world.asked).toHaveLength(3);
	});

	it('asks together for all that are missing, however many parts of a page want them', async () => {
		const { cache, world, one } = aCache();
		await cache.load('records', ['a']);
		await Promise.all([cache.load('records', ['a', 'b']), cache.load('records', ['c', 'nowhere'])]);
		expect(world.asked).toEqual(['get a', 'get b,c,nowhere']);
		expect(one('c')?.data?.name).toBe('three');
		expect(one('nowhere')).toMatchObject({ status: 'error', code: 'not-found' });
	});

	it('asks for no more at once than one answer may hold', async () => {
		const { cache, world } = aCache([]);
		const ids = Array.from({ length: 250 }, (_, i) => `n${i}`);
		await cache.load('records', ids);
		expect(world.asked.map((line) => line.split(',').length)).toEqual([100, 100, 50]);
	});

	it('knows from a list what lists show, and still asks for the whole record', async () => {
		const { cache, world, state, one } = aCache();
		await cache.loadList({ limit: 2 });
		await cache.load('summaries', ['b', 'c']);
		expect(state().summaries.b?.data).toEqual({ id: 'b', name: 'two' });
		expect(one('b')).toBeUndefined();
		await cache.load('records', ['b']);
		expect(one('b')?.data?.text).toBe('long');
		expect(world.asked).toEqual(['list ', 'name c', 'get b']);
	});

	it('reads on to the end of a list and then stops', async () => {
		const { cache, world, state } = aCache();
		const query = { limit: 2 };
		await cache.loadList(query);
		await cache.loadMore(query);
		await cache.loadMore(query);
		const view = state().lists[listKey(query)]?.data;
		expect(view).toEqual({ ids: ['a', 'b', 'c'], next: undefined, total: undefined });
		expect(world.asked).toEqual(['list ', 'list 2']);
	});

	it('says why a record cannot come', async () => {
		const { cache, world, one } = aCache();
		await cache.load('records', ['nowhere']);
		expect(one('nowhere')).toMatchObject({ status: 'error', code: 'not-found', data: undefined });
		expect(world.reached).toEqual([true]);
	});

	it('no longer shows what has been withdrawn, alone or among others', async () => {
		const { cache, world, one } = aCache();
		await cache.load('records', ['a', 'b', 'c']);
		world.things = [aThing('c', 'three')];
		await cache.load('records', ['a'], true);
		await cache.load('records', ['b', 'c'], true);
		for (const id of ['a', 'b']) {
			expect(one(id)).toMatchObject({ status: 'error', code: 'not-found', data: undefined });
		}
		expect(one('c')?.status).toBe('ready');
	});

	it('keeps what was read when the server is cut off, and gets all that failed once it is back', async () => {
		const { cache, world, state, one } = aCache();
		await cache.load('records', ['a']);
		world.isCut = true;
		await cache.load('records', ['a'], true);
		await cache.load('records', ['b']);
		await cache.load('summaries', ['c']);
		await cache.loadList({ limit: 2 });
		expect(one('a')).toMatchObject({ status: 'offline', data: { name: 'one' } });
		expect(one('b')).toMatchObject({ status: 'offline', data: undefined });
		expect(world.reached.slice(1)).toEqual([false, false, false, false]);
		world.isCut = false;
		await cache.retryOffline();
		expect(one('a')?.status).toBe('ready');
		expect(one('b')).toMatchObject({ status: 'ready', data: { name: 'two' } });
		expect(state().summaries.c?.status).toBe('ready');
		expect(state().lists[listKey({ limit: 2 })]?.status).toBe('ready');
	});
});

describe('the record cache of a visit that lasts for months', () => {
	const MANY = 10_000;

	/** How many entries there are in each map. */
	function sizes({ state }: Pick<ReturnType<typeof aCache>, 'state'>) {
		const { records, summaries, lists } = state();
		return [records, summaries, lists].map((map) => Object.keys(map).length) as [
			number,
			number,
			number,
		];
	}

	it('stays small, however many records and lists were walked through', async () => {
		const visit = aCache();
		const { cache, world } = visit;
		let leave = () => {};
		let largest = 0;
		for (let i = 0; i < MANY; i += 2) {
			world.things = [aThing(`n${i}`), aThing(`n${i + 1}`)];
			const query = { q: `${i}` };
			const releases = [
				cache.hold('records', [`n${i}`, `n${i + 1}`]),
				cache.hold('lists', [listKey(query)]),
			];
			leave();
			leave = () => {
				for (const release of releases) release();
			};
			await Promise.all([cache.load('records', [`n${i}`, `n${i + 1}`]), cache.loadList(query)]);
			largest = Math.max(largest, ...sizes(visit));
		}
		expect(world.asked).toHaveLength(MANY);
		expect(largest).toBeLessThan(500);
		expect(visit.one(`n${MANY - 1}`)?.status).toBe('ready');
		expect(visit.one('n0')).toBeUndefined();
	});

	it('lets go of what was used longest ago, never of what is shown', async () => {
		const visit = aCache([aThing('shown'), aThing('returned-to')]);
		const { cache, world, state, one } = visit;
		const query = { limit: 2 };
		cache.hold('records', ['shown']);
		const leave = cache.hold('lists', [listKey(query)]);
		await cache.load('records', ['shown', 'returned-to']);
		await cache.loadList(query);
		const walk = async (from: number, count: number) => {
			for (let i = from; i < from + count; i++) {
				world.things = [aThing(`n${i}`), aThing(`m${i}`)];
				cache.hold('records', ['returned-to'])();
				await Promise.all([cache.load('records', [`n${i}`]), cache.loadList({ q: `${i}` })]);
			}
		};
		await walk(0, 200);
		expect([one('shown')?.status, one('returned-to')?.status]).toEqual(['ready', 'ready']);
		expect(one('n0')).toBeUndefined();
		expect(state().lists[listKey(query)]?.status).toBe('ready');
		expect(state().summaries['returned-to']?.status).toBe('ready');
		leave();
		await walk(200, 200);
		expect(state().lists[listKey(query)]).toBeUndefined();
		expect(state().summaries['returned-to']).toBeUndefined();
	});
});
