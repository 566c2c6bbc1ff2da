import type { Tool, ToolHandle } from './tool.ts';
import { type SlotHistory, type Swap, ToolSlot } from './tool-slot.ts';
import { withParams } from './with-params.ts';

/** What the page shows of a toolbox; the same object until something in it changes. */
export interface ToolboxState {
	readonly canUndo: boolean;
	readonly canRedo: boolean;
	/** A step is under way: more of the same gesture may follow. */
	readonly isMoving: boolean;
}

/** What the box needs of a slot, whatever its state. */
type AnySlot = Pick<ToolSlot<never>, 'reset' | 'open' | 'param'>;
/** One undoable step: each slot it changed, and the way back. */
type Step = Map<object, Swap>;

/** A visitor who undoes more than this wants "first look" instead. */
const LIMIT = 100;

/**
 * The tools of one stage: their states, undo and redo over all of them, and one address for all. It
 * knows no clock: changes that follow each other (`move`, `note`, of one tool or several) join one
 * step until `settle` is called, which is what whoever knows of hands and pauses does. A step that
 * ends where it began is none. The oldest of more than 100 steps are forgotten.
 */
export class Toolbox {
	readonly #slots = new Map<string, AnySlot>();
	readonly #listeners = new Set<() => void>();
	readonly #limit: number;
	#done: Step[] = [];
	#undone: Step[] = [];
	#open: Step | undefined;
	#state: ToolboxState = { canUndo: false, canRedo: false, isMoving: false };

	constructor(limit = LIMIT) {
		this.#limit = limit;
	}

	/** Takes a tool in, in its initial state, which the engine is taken to show. Throws when its name is taken. */
	add<S>(tool: Tool<S>): ToolHandle<S> {
		if (this.#slots.has(tool.name)) throw new Error(`add: there is a tool ${tool.name} already`);
		const slot = new ToolSlot(tool, this.#history());
		this.#slots.set(tool.name, slot);
		return slot;
	}

	get state(): ToolboxState {
		return this.#state;
	}

	/** Calls back after every change of a tool's state or of `state`; returns what ends that. */
	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Ends the step under way: what follows can be undone by itself. */
	settle(): void {
		const step = this.#open;
		if (step === undefined) return;
		this.#open = undefined;
		for (const [slot, swap] of step) if (swap.isIdle()) step.delete(slot);
		if (step.size > 0) {
			this.#undone = [];
			this.#done.push(step);
			if (this.#done.length > this.#limit) this.#done.shift();
		}
		this.#tell();
	}

	/** Takes the last step back, the one under way included; nothing happens when there is none. */
	undo(): void {
		this.settle();
		this.#swap(this.#done, this.#undone);
	}

	redo(): void {
		this.settle();
		this.#swap(this.#undone, this.#done);
	}

	/** Every tool to its initial state, as one step. */
	reset(): void {
		this.settle();
		for (const slot of this.#slots.values()) slot.reset();
		this.settle();
	}

	/** `search` (a query, or '') with the parameters of these tools as they are now; the others are left as they stand. */
	toSearch(search: string): string {
		return withParams(search, new Map([...this.#slots].map(([name, slot]) => [name, slot.param])));
	}

	/**
	 * Opens with what an address says, each tool that it does not name, or names in a form no tool
	 * writes, in its initial state. That is an arrival: nothing before it can be undone.
	 */
	fromSearch(search: string): void {
		const params = new URLSearchParams(search);
		this.#open = undefined;
		this.#done = [];
		this.#undone = [];
		for (const [name, slot] of this.#slots) slot.open(params.get(name));
		this.#tell();
	}

	#history(): SlotHistory {
		return {
			willChange: (slot, swap) => {
				this.#open ??= new Map();
				if (!this.#open.has(slot)) this.#open.set(slot, swap);
			},
			hasChanged: () => this.#tell(),
			settle: () => this.settle(),
		};
	}

	#swap(from: Step[], to: Step[]): void {
		const step = from.pop();
		if (step === undefined) return;
		for (const swap of step.values()) swap.swap();
		to.push(step);
		this.#tell();
	}

	#tell(): void {
		const isMoving = this.#open !== undefined;
		const canUndo = isMoving || this.#done.length > 0;
		const canRedo = !isMoving && this.#undone.length > 0;
		const { state } = this;
		if (canUndo !== state.canUndo || canRedo !== state.canRedo || isMoving !== state.isMoving) {
			this.#state = { canUndo, canRedo, isMoving };
		}
		for (const listener of this.#listeners) listener();
	}
}
