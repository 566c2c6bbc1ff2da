import { Group } from 'three';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import { LoadError } from '../../../../client/engine/stage/load-error.ts';
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
	/** How some tiers fail, beside those that are broken. */
	readonly faults = new Map<Tier, LoadError>();
	/** Tells how far the transfer under way is. */
	report: (share: number) => void = () => {};
	/** Held back until let go, to look at a transfer under way. */
	gate: Promise<void> = Promise.resolve();
	states: RefinerState[] = [];

	readonly load = async (
		file: TierFile,
		signal: AbortSignal,
		onProgress: (share: number) => void,
	): Promise<LoadedTier> => {
		this.asked.push(file.tier);
		this.report = onProgress;
		const dropped = new Promise<never>((_, reject) => {
			signal.addEventListener('abort', () => reject(signal.reason));
		});
		await Promise.race([this.gate, dropped]);
		signal.throwIfAborted();
		const fault = this.faults.get(file.tier);
		if (fault) throw fault;
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

	it('says that it waits when nothing can be had, and that it failed after many times', async () => {
		const shelf = new Shelf();
		for (const tier of ['thumb', 'low', 'mid', 'high'] as const) shelf.broken.add(tier);
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle();
		expect(refiner.state.phase).toBe('waiting');
		await settle(10 * 60_000);
		expect(refiner.state.phase).toBe('failed');
		shelf.broken.clear();
		refiner.retry();
		await settle();
		expect(refiner.state).toMatchObject({ phase: 'idle', shown: { tier: 'high' } });
	});

	it('goes on trying for ever where nobody stands to ask, and says that it failed meanwhile', async () => {
		const shelf = new Shelf();
		for (const tier of ['thumb', 'low', 'mid', 'high'] as const) shelf.broken.add(tier);
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle(10 * 60_000);
		const toldBefore = shelf.states.length;
		const askedBefore = shelf.asked.length;
		await settle(60 * 60_000);
		const perHour = (shelf.asked.length - askedBefore) / 4;
		expect(perHour).toBeGreaterThan(40);
		expect(perHour).toBeLessThan(90);
		const phases = new Set(shelf.states.slice(toldBefore).map(({ phase }) => phase));
		expect(phases).toEqual(new Set(['failed']));
		shelf.broken.clear();
		await settle(2 * 60_000);
		expect(refiner.state).toMatchObject({ phase: 'idle', shown: { tier: 'high' } });
	});

	it('has the next best stand in for a transfer that broke off, and nothing larger once one is shown', async () => {
		const shelf = new Shelf();
		const [thumb, , mid] = aLadder();
		if (!thumb || !mid) throw new Error('a ladder has a thumb and a mid');
		const refiner = shelf.refiner();
		shelf.faults.set('thumb', new LoadError('stalled', 'silent'));
		refiner.aim({ ...NEAR, pxPerM: 10 }, PLENTY);
		await settle();
		expect(shelf.shown).toEqual(['low']);
		shelf.faults.set('mid', new LoadError('cut', 'too short'));
		refiner.aim({ ...NEAR, pxPerM: 1_000 }, PLENTY);
		await settle();
		expect(shelf.asked).toEqual(['thumb', 'low', 'mid']);
		shelf.faults.clear();
		await settle(1_000);
		expect(shelf.asked).toEqual(['thumb', 'low', 'mid', 'mid']);
	});

	it('asks a busy server for nothing until it may', async () => {
		const shelf = new Shelf();
		shelf.faults.set('thumb', new LoadError('busy', 'busy', 20_000));
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle(19_999);
		expect(shelf.asked).toEqual(['thumb']);
		expect(refiner.state.phase).toBe('waiting');
		shelf.faults.clear();
		await settle(1);
		expect(shelf.shown).toEqual(['thumb', 'high']);
	});

	it('drops a silent transfer when asked to try again, and leaves one alone that is heard of', async () => {
		const shelf = new Shelf();
		shelf.gate = new Promise(() => {});
		const refiner = shelf.refiner();
		refiner.aim(NEAR, PLENTY);
		await settle(1_500);
		refiner.retry();
		await settle();
		expect(shelf.asked).toEqual(['thumb']);
		shelf.report(0.5);
		await settle(1_500);
		refiner.retry();
		await settle();
		expect(shelf.asked).toEqual(['thumb']);
		await settle(500);
		shelf.gate = Promise.resolve();
		refiner.retry();
		await settle();
		expect(shelf.asked.slice(0, 2)).toEqual(['thumb', 'thumb']);
		expect(shelf.shown).toEqual(['thumb', 'high']);
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
