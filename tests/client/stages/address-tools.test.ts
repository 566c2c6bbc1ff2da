import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLampTool, lampAt } from '../../../client/engine/tools/lamp-tool.ts';
import { Toolbox } from '../../../client/engine/tools/toolbox.ts';
import { keepInAddress } from '../../../client/stages/address-tools.ts';

function aPage(search = '') {
	const bar = { search, written: [] as string[] };
	const toolbox = new Toolbox();
	const lamp = toolbox.add(createLampTool({ setLamp: () => {} }));
	const stop = keepInAddress(toolbox, {
		read: () => bar.search,
		write: (next) => {
			bar.search = next;
			bar.written.push(next);
		},
	});
	return { bar, toolbox, lamp, stop };
}

const rest = () => vi.advanceTimersByTime(1000);

describe('the address of a stage', () => {
	beforeEach(() => void vi.useFakeTimers());
	afterEach(() => void vi.useRealTimers());

	it('opens the tools, and is left alone until the visitor does something', () => {
		const { bar, lamp } = aPage('?lamp=0035,20.0&x=1');
		rest();
		expect(lamp.state.isOn).toBe(true);
		expect(bar.written).toEqual([]);
		lamp.move({ ...lamp.state });
		rest();
		expect(bar.written).toEqual([]);
	});

	it('is written once a motion has come to rest, with what else stands in it', () => {
		const { bar, lamp, toolbox } = aPage('?x=1');
		for (const x of [0.1, 0.25, 0.5]) lamp.move(lampAt({ x, y: 0 }));
		rest();
		expect(bar.written).toEqual([]);
		toolbox.settle();
		rest();
		expect(bar.written).toEqual(['?x=1&lamp=36,0']);
	});

	it('is written once for steps that follow each other fast, as browsers demand', () => {
		const { bar, lamp } = aPage();
		for (let deg = 1; deg <= 300; deg++) {
			lamp.set({ isOn: true, yawRad: 0, pitchRad: (deg * Math.PI) / 1000 });
			vi.advanceTimersByTime(30);
		}
		rest();
		expect(bar.written).toEqual(['?lamp=0,54']);
	});

	it('is clean again when all is undone', () => {
		const { bar, lamp, toolbox } = aPage();
		lamp.set(lampAt({ x: 0.5, y: 0.5 }));
		rest();
		toolbox.undo();
		rest();
		expect(bar.search).toBe('');
	});

	it('is not written any more once the page has gone on to another', () => {
		const { bar, lamp, stop } = aPage();
		lamp.set(lampAt({ x: 0.5, y: 0.5 }));
		stop();
		rest();
		lamp.set(lampAt({ x: 0, y: 0 }));
		rest();
		expect(bar.written).toEqual([]);
	});
});
