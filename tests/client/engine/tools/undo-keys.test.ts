import { describe, expect, it } from 'vitest';
import { listenForUndo } from '../../../../client/engine/tools/undo-keys.ts';

interface Key {
	key: string;
	ctrlKey?: boolean;
	metaKey?: boolean;
	shiftKey?: boolean;
	altKey?: boolean;
}

/** Presses keys on an element, and tells what they did and whether the browser still gets them. */
function aStage(element: object = {}) {
	const target: EventTarget = Object.assign(new EventTarget(), element);
	const done: string[] = [];
	const stop = listenForUndo(target, {
		undo: () => done.push('undo'),
		redo: () => done.push('redo'),
	});
	const press = (key: Key): boolean =>
		target.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), key));
	return { done, press, stop };
}

describe('the keys of undo', () => {
	it.each<[string, Key]>([
		['undo', { key: 'z', ctrlKey: true }],
		['undo', { key: 'z', metaKey: true }],
		['undo', { key: 'Z', ctrlKey: true }],
		['redo', { key: 'Z', ctrlKey: true, shiftKey: true }],
		['redo', { key: 'z', metaKey: true, shiftKey: true }],
		['redo', { key: 'y', ctrlKey: true }],
	])('%s by %o, and the browser does not get them', (action, key) => {
		const { done, press } = aStage();
		expect(press(key)).toBe(false);
		expect(done).toEqual([action]);
	});

	it.each<Key>([
		{ key: 'z' },
		{ key: 'z', ctrlKey: true, altKey: true },
		{ key: 'y', metaKey: true },
		{ key: 'x', ctrlKey: true },
	])('leave %o to the browser', (key) => {
		const { done, press } = aStage();
		expect(press(key)).toBe(true);
		expect(done).toEqual([]);
	});

	it('leave text that is being written its own undo, but not a slider', () => {
		const text = aStage({ tagName: 'INPUT', type: 'text' });
		text.press({ key: 'z', ctrlKey: true });
		expect(text.done).toEqual([]);
		const slider = aStage({ tagName: 'INPUT', type: 'range' });
		slider.press({ key: 'z', ctrlKey: true });
		expect(slider.done).toEqual(['undo']);
	});

	it('do nothing once nobody listens', () => {
		const { done, press, stop } = aStage();
		stop();
		press({ key: 'z', ctrlKey: true });
		expect(done).toEqual([]);
	});
});
