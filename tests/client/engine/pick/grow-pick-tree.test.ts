import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildPickTree } from '../../../../client/engine/pick/build-pick-tree.ts';
import { growPickTree } from '../../../../client/engine/pick/grow-pick-tree.ts';
import { aBallSurface } from './pieces.ts';

/** What a page starts instead of a worker: the same script, in this thread, behind copies of messages. */
class NearWorker extends EventTarget {
	static readonly started: NearWorker[] = [];
	static isBroken = false;
	isEnded = false;

	constructor() {
		super();
		NearWorker.started.push(this);
	}

	postMessage(message: unknown): void {
		if (NearWorker.isBroken) {
			queueMicrotask(() => this.dispatchEvent(new Event('error')));
			return;
		}
		const inside = new EventTarget();
		const answer = (data: unknown, { transfer }: { transfer: Transferable[] }) =>
			this.dispatchEvent(
				new MessageEvent('message', { data: structuredClone(data, { transfer }) }),
			);
		vi.stubGlobal('self', Object.assign(inside, { postMessage: answer }));
		void import('../../../../client/engine/pick/pick-worker.ts').then(() =>
			inside.dispatchEvent(new MessageEvent('message', { data: structuredClone(message) })),
		);
	}

	terminate(): void {
		this.isEnded = true;
	}
}

const never = new AbortController().signal;
const expected = buildPickTree(aBallSurface());

describe('growing the tree of a surface', () => {
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.resetModules();
		NearWorker.started.length = 0;
		NearWorker.isBroken = false;
	});

	it('is done by a worker, which is ended then', async () => {
		vi.stubGlobal('Worker', NearWorker);
		const surface = aBallSurface();
		expect(await growPickTree(surface, never)).toEqual(expected);
		expect(NearWorker.started.map(({ isEnded }) => isEnded)).toEqual([true]);
		expect(surface).toEqual(aBallSurface());
	});

	it('is done here when the worker falls over', async () => {
		vi.stubGlobal('Worker', NearWorker);
		NearWorker.isBroken = true;
		expect(await growPickTree(aBallSurface(), never)).toEqual(expected);
		expect(NearWorker.started.map(({ isEnded }) => isEnded)).toEqual([true]);
	});

	it('is done here where a page may start no worker', async () => {
		vi.stubGlobal(
			'Worker',
			class {
				constructor() {
					throw new DOMException('another origin', 'SecurityError');
				}
			},
		);
		expect(await growPickTree(aBallSurface(), never)).toEqual(expected);
		vi.unstubAllGlobals();
		expect(typeof Worker).toBe('undefined');
		expect(await growPickTree(aBallSurface(), never)).toEqual(expected);
	});

	it('is given up when nobody waits for it, and holds up no other', async () => {
		vi.stubGlobal(
			'Worker',
			class extends NearWorker {
				override postMessage(): void {
					// Never answers.
				}
			},
		);
		const left = new AbortController();
		const growing = growPickTree(aBallSurface(), left.signal);
		const next = growPickTree(aBallSurface(), AbortSignal.abort(new Error('gone before')));
		queueMicrotask(() => queueMicrotask(() => left.abort(new Error('the visitor left'))));
		await expect(growing).rejects.toThrow('the visitor left');
		await expect(next).rejects.toThrow('gone before');
		expect(NearWorker.started).toHaveLength(1);
		expect(NearWorker.started[0]?.isEnded).toBe(true);
	});

	it('refuses a surface without triangles, wherever it is built', async () => {
		const nothing = { ...aBallSurface(), indices: new Uint32Array() };
		await expect(growPickTree(nothing, never)).rejects.toThrow('no triangles');
	});
});
