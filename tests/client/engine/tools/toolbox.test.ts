import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../../client/engine/tools/tool.ts';
import { Toolbox } from '../../../../client/engine/tools/toolbox.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

/** A tool of one number, which remembers what it was made to show. */
function aTool(name: string): Tool<number> & { shown: number[] } {
	const shown: number[] = [];
	return {
		name,
		shown,
		initial: 0,
		apply: (state) => shown.push(state),
		equals: (one, other) => one === other,
		toParam: (state) => (state === 0 ? undefined : String(state)),
		fromParam: (text) => (/^\d{1,3}$/.test(text) ? Number(text) : undefined),
	};
}

function aBox(limit?: number) {
	const toolbox = new Toolbox(limit);
	const [zoom, light] = [aTool('zoom'), aTool('light')];
	return { toolbox, zoom, light, zoomed: toolbox.add(zoom), lit: toolbox.add(light) };
}

describe('a toolbox', () => {
	it('shows what is set, takes it back and does it again', () => {
		const { toolbox, zoom, zoomed } = aBox();
		zoomed.set(1);
		zoomed.set(2);
		toolbox.undo();
		expect(zoomed.state).toBe(1);
		toolbox.undo();
		toolbox.redo();
		toolbox.redo();
		expect(zoom.shown).toEqual([1, 2, 1, 0, 1, 2]);
		expect(toolbox.state).toEqual({ canUndo: true, canRedo: false, isMoving: false });
	});

	it('takes back the steps of all tools in the order they were done', () => {
		const { toolbox, zoomed, lit } = aBox();
		zoomed.set(1);
		lit.set(5);
		zoomed.set(2);
		const seen = [0, 1, 2].map(() => {
			toolbox.undo();
			return [zoomed.state, lit.state];
		});
		expect(seen).toEqual([
			[1, 5],
			[1, 0],
			[0, 0],
		]);
	});

	it('does nothing when there is nothing to take back or do again', () => {
		const { toolbox, zoom } = aBox();
		toolbox.undo();
		toolbox.redo();
		expect(zoom.shown).toEqual([]);
	});

	it('makes one step of all that moves until it settles', () => {
		const { toolbox, zoomed, lit } = aBox();
		for (const state of [1, 2, 3]) zoomed.move(state);
		lit.move(7);
		zoomed.move(4);
		toolbox.settle();
		zoomed.move(9);
		toolbox.undo();
		expect([zoomed.state, lit.state]).toEqual([4, 7]);
		toolbox.undo();
		expect([zoomed.state, lit.state]).toEqual([0, 0]);
		toolbox.redo();
		expect([zoomed.state, lit.state]).toEqual([4, 7]);
	});

	it('keeps what is set by a button apart from what moves before and after', () => {
		const { toolbox, zoomed } = aBox();
		zoomed.move(1);
		zoomed.set(2);
		zoomed.move(3);
		const seen = [0, 1, 2].map(() => {
			toolbox.undo();
			return zoomed.state;
		});
		expect(seen).toEqual([2, 1, 0]);
	});

	it('does not show again what the engine shows already, but can take it back', () => {
		const { toolbox, zoom, zoomed } = aBox();
		zoomed.note(3);
		expect(zoom.shown).toEqual([]);
		toolbox.undo();
		expect(zoom.shown).toEqual([0]);
	});

	it('makes no step of a move that ends where it began, and forgets nothing for it', () => {
		const { toolbox, zoomed } = aBox();
		zoomed.set(1);
		toolbox.undo();
		zoomed.move(5);
		expect(toolbox.state).toEqual({ canUndo: true, canRedo: false, isMoving: true });
		zoomed.move(0);
		toolbox.settle();
		expect(toolbox.state).toEqual({ canUndo: false, canRedo: true, isMoving: false });
	});

	it('shows what is set even when it is set already, without a step', () => {
		const { toolbox, zoom, zoomed } = aBox();
		zoomed.set(0);
		expect(zoom.shown).toEqual([0]);
		expect(toolbox.state.canUndo).toBe(false);
	});

	it('cannot do again what was taken back once something else is done', () => {
		const { toolbox, zoomed } = aBox();
		zoomed.set(1);
		toolbox.undo();
		zoomed.set(2);
		toolbox.redo();
		expect(zoomed.state).toBe(2);
	});

	it('forgets the oldest of too many steps', () => {
		const { toolbox, zoomed } = aBox(3);
		for (let state = 1; state <= 10; state++) zoomed.set(state);
		for (let times = 0; times < 10; times++) toolbox.undo();
		expect(zoomed.state).toBe(7);
	});

	it('resets every tool in one step', () => {
		const { toolbox, zoomed, lit } = aBox();
		zoomed.set(1);
		lit.set(2);
		toolbox.reset();
		expect([zoomed.state, lit.state]).toEqual([0, 0]);
		toolbox.undo();
		expect([zoomed.state, lit.state]).toEqual([1, 2]);
	});

	it('refuses two tools of one name', () => {
		const { toolbox, zoom } = aBox();
		expect(() => toolbox.add(zoom)).toThrow('zoom');
	});

	it('tells of every change, and keeps its state the same object while nothing in it changes', () => {
		const { toolbox, zoomed } = aBox();
		let told = 0;
		const stop = toolbox.subscribe(() => told++);
		zoomed.move(1);
		const moving = toolbox.state;
		zoomed.move(2);
		expect(told).toBe(2);
		expect(toolbox.state).toBe(moving);
		stop();
		zoomed.move(3);
		expect(told).toBe(2);
	});

	it('finds all the way back and forth through any play of steps', () => {
		const { toolbox, zoomed, lit } = aBox(1000);
		const random = seededRandom(20_261_201);
		const now = () => [zoomed.state, lit.state];
		const trail = [now()];
		for (let step = 0; step < 300; step++) {
			const tool = random() < 0.5 ? zoomed : lit;
			const states = Array.from({ length: 1 + random() * 4 }, () => Math.floor(random() * 5));
			for (const state of states) tool.move(state);
			toolbox.settle();
			if (String(now()) !== String(trail.at(-1))) trail.push(now());
		}
		for (const expected of trail.slice(0, -1).reverse()) {
			toolbox.undo();
			expect(now()).toEqual(expected);
		}
		expect(toolbox.state.canUndo).toBe(false);
		for (const expected of trail.slice(1)) {
			toolbox.redo();
			expect(now()).toEqual(expected);
		}
		expect(toolbox.state.canRedo).toBe(false);
	});
});

describe('the address of a toolbox', () => {
	it('holds what is not initial and leaves every other parameter as it stands', () => {
		const { toolbox, zoomed, lit } = aBox();
		const foreign = '?q=%E8%A5%BF%2C+x&flag&zoom=12&a=%zz';
		expect(toolbox.toSearch(foreign)).toBe('?q=%E8%A5%BF%2C+x&flag&a=%zz');
		zoomed.set(3);
		lit.set(4);
		expect(toolbox.toSearch(foreign)).toBe('?q=%E8%A5%BF%2C+x&flag&a=%zz&zoom=3&light=4');
		expect(toolbox.toSearch('?zoom=1&zoom=2&%7Aoom=5')).toBe('?zoom=3&light=4');
	});

	it('is empty when nothing is to be said', () => {
		const { toolbox } = aBox();
		expect(toolbox.toSearch('?zoom=8')).toBe('');
		expect(toolbox.toSearch('')).toBe('');
	});

	it('opens every tool with what it says, else in its initial state, with no way back', () => {
		const { toolbox, zoom, light, zoomed, lit } = aBox();
		lit.set(9);
		toolbox.fromSearch('?zoom=12&unknown=7');
		expect([zoomed.state, lit.state]).toEqual([12, 0]);
		expect(zoom.shown).toEqual([12]);
		expect(light.shown).toEqual([9, 0]);
		expect(toolbox.state.canUndo).toBe(false);
		toolbox.undo();
		expect(zoomed.state).toBe(12);
	});

	it.each(['?zoom=', '?zoom', '?zoom=-1', '?zoom=%00', '?zoom=%', '?zoom=1e3', '?%%%', '?&&=&'])(
		'opens as if it said nothing with %s',
		(search) => {
			const { toolbox, zoom, zoomed } = aBox();
			toolbox.fromSearch(search);
			expect(zoomed.state).toBe(0);
			expect(zoom.shown).toEqual([]);
		},
	);
});
