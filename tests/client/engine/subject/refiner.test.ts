import { Group } from 'three';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import type { LoadedTier } from '../../../../client/engine/subject/load-tier.ts';
import { Refiner, type RefinerState } from '../../../../client/engine/subject/refiner.ts';
import { aLadder } from '../../../support/ladder.ts';

const NEAR = { pxPerM: 3_000, diagonalM: 0.5, finest: 'high', errorPx: 1 } as const;
const PLENTY = { gpuBytes: 1e9, triangles: 1e7 };

/** A shelf that hands tiers out, or fails those that are broken, and remembers what it was asked. */
class Shelf {
	readonly asked: Tier[] = [];
	readonly shown: Tier[] = [];
	readonly disposed: Tier[] = [];
	readonly broken = new Set<Tier>();
	/** Held back until let go, to look at a transfer under way. */
	gate: Promise<void> = Promise.resolve();
	states: RefinerState[] = [];

	readonly load = async (file: TierFile, signal: AbortSignal): Promise<LoadedTier> => {
		this.asked.push(file.tier);
		await this.gate;
		signal.throwIfAborted();
		if (this.broken.has(file.tier)) throw new Error('not there');
		return { file, root: new Group(), dispose: () => this.disposed.push(file.tier) };
	};

	readonly show = async (loaded: LoadedTier): Promise<void> => {
		this.shown.push(loaded.file.tier);
	};

	refiner(): Refiner {
		return new Refiner({
			tiers: aLadder(),
			load: this.load,
			show: this.show,
			onState: (state) => this.states.push(state),
			now: () => Date.now(),
		});
	}
}

describe('a refiner', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());
	const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);

	it('asks for nothing before it knows how the piece is seen', async () => {
		const shelf = new Shelf();
		shelf.refiner().retry();
		await settle();
		expect(shelf.asked).toEqual([]);
	});

	it('shows the coarsest tier first, then the one the view deserves, then rests', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		expect(shelf.shown).toEqual(['thumb', 'high']);
		expect(refiner.state).toMatchObject({ phase: 'idle', shown: { tier: 'high' } });
	});

	it('keeps a finer tier when one walks away, and gives it back when memory is short', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		refiner.aim({ ...NEAR, pxPerM: 10 }, PLENTY);
		await settle();
		expect(shelf.shown.at(-1)).toBe('high');
		refiner.aim({ ...NEAR, pxPerM: 10 }, { gpuBytes: 3_000_000, triangles: 1e7 });
		await settle();
		expect(shelf.shown.at(-1)).toBe('thumb');
	});

	it('shows the next best while a tier is missing, and tries that one again later', async () => {
		const shelf = new Shelf();
		shelf.broken.add('high');
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		expect(shelf.shown).toEqual(['thumb', 'mid']);
		shelf.broken.clear();
		await settle(1_000);
		expect(shelf.shown).toEqual(['thumb', 'mid', 'high']);
	});

	it('says that it waits when nothing can be had, then that it failed, and comes by itself when it can', async () => {
		const shelf = new Shelf();
		for (const tier of ['thumb', 'low', 'mid', 'high'] as const) shelf.broken.add(tier);
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		expect(refiner.state.phase).toBe('waiting');
		await settle(10 * 60_000);
		expect(refiner.state.phase).toBe('failed');
		const askedBefore = shelf.asked.length;
		await settle(60 * 60_000);
		expect(shelf.asked.length - askedBefore).toBeLessThanOrEqual(4 * 60);
		shelf.broken.clear();
		await settle(60_000);
		expect(refiner.state).toMatchObject({ phase: 'idle', shown: { tier: 'high' } });
	});

	it('tries everything again at once when it is asked to', async () => {
		const shelf = new Shelf();
		for (const tier of ['thumb', 'low', 'mid', 'high'] as const) shelf.broken.add(tier);
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle(10 * 60_000);
		shelf.broken.clear();
		refiner.retry();
		await settle();
		expect(refiner.state).toMatchObject({ phase: 'idle', shown: { tier: 'high' } });
	});

	it('drops a transfer when paused and makes it again on resuming', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		let letGo = () => {};
		shelf.gate = new Promise((resolve) => {
			letGo = resolve;
		});
		refiner.aim(NEAR, PLENTY);
		refiner.pause();
		letGo();
		await settle();
		expect(shelf.shown).toEqual([]);
		refiner.resume();
		await settle();
		expect(shelf.asked.slice(0, 2)).toEqual(['thumb', 'thumb']);
		expect(shelf.shown).toEqual(['thumb', 'high']);
	});

	it('fetches nothing while its context is lost, and then begins with what was seen before', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		refiner.lose();
		refiner.aim(NEAR, PLENTY);
		refiner.resume();
		refiner.retry();
		await settle(60_000);
		expect(shelf.shown).toEqual(['thumb', 'high']);
		expect(refiner.state.shown).toBeUndefined();
		refiner.restore();
		await settle();
		expect(shelf.shown).toEqual(['thumb', 'high', 'high']);
	});

	it('begins with the coarsest again when what was seen before cannot be had', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		refiner.lose();
		shelf.broken.add('high');
		refiner.restore();
		await settle();
		expect(shelf.shown).toEqual(['thumb', 'high', 'thumb', 'mid']);
	});

	it('makes a tier again whose context was lost while it was put up, twice in a row', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		let letGo = () => {};
		shelf.gate = new Promise((resolve) => {
			letGo = resolve;
		});
		refiner.aim(NEAR, PLENTY);
		refiner.lose();
		refiner.restore();
		refiner.lose();
		letGo();
		await settle();
		expect(shelf.shown).toEqual([]);
		refiner.restore();
		await settle();
		expect(refiner.state).toMatchObject({ phase: 'idle', shown: { tier: 'high' } });
	});

	it('disposes a tier that arrives after it was disposed itself, and says no more', async () => {
		const shelf = new Shelf();
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		refiner.dispose();
		const told = shelf.states.length;
		await settle(60_000);
		expect(shelf.shown).toEqual([]);
		expect(shelf.states.length).toBe(told);
	});
});
