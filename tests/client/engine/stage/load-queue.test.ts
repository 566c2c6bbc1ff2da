import { expect, it } from 'vitest';
import { LoadQueue } from '../../../../client/engine/stage/load-queue.ts';

/** A queue of one place and a list of who began; each load ends when it is told to. */
function aQueue(atOnce = 1) {
	const queue = new LoadQueue(atOnce);
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	const ask = (name: string, importance: () => number, signal = new AbortController().signal) =>
		queue.run(importance, signal, () => {
			begun.push(name);
			return new Promise<void>((resolve) => ends.set(name, resolve));
		});
	const end = async (name: string) => {
		ends.get(name)?.();
		await new Promise((resolve) => setTimeout(resolve, 0));
	};
	return { queue, begun, ask, end };
}

it('begins with what counts most when a place is free, as things stand then', async () => {
	const { begun, ask, end } = aQueue();
	let importanceOfVase = 1;
	void ask('first', () => 0);
	void ask('vase', () => importanceOfVase);
	void ask('bell', () => 5);
	void ask('beast', () => 3);
	await end('');
	importanceOfVase = 9;
	await end('first');
	await end('vase');
	await end('bell');
	expect(begun).toEqual(['first', 'vase', 'bell', 'beast']);
});

it('runs no more at once than it has places', async () => {
	const { queue, begun, ask, end } = aQueue(2);
	for (const name of ['a', 'b', 'c', 'd']) void ask(name, () => 1);
	await end('');
	expect(begun).toEqual(['a', 'b']);
	expect(queue.counts).toEqual({ running: 2, waiting: 2 });
	await end('b');
	expect(begun).toEqual(['a', 'b', 'c']);
});

it('lets go of one that is aborted while it waits, and of the place of one that fails', async () => {
	const { queue, begun, ask, end } = aQueue();
	const abort = new AbortController();
	const failing = queue.run(
		() => 9,
		new AbortController().signal,
		async () => {
			throw new Error('cut');
		},
	);
	const given = ask('given up', () => 5, abort.signal);
	void ask('other', () => 1);
	abort.abort(new Error('away'));
	await expect(given).rejects.toThrow('away');
	await expect(failing).rejects.toThrow('cut');
	await end('');
	expect(begun).toEqual(['other']);
});

it('begins nothing while it is paused', async () => {
	const { queue, begun, ask, end } = aQueue();
	queue.pause();
	void ask('a', () => 1);
	await end('');
	expect(begun).toEqual([]);
	queue.resume();
	await end('');
	expect(begun).toEqual(['a']);
});
