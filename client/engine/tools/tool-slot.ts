import type { Tool, ToolHandle } from './tool.ts';

/** A state put aside, which can change places with the one the tool is in. */
export interface Swap {
	swap(): void;
	/** Whether the two read as one: then there is nothing to undo. */
	isIdle(): boolean;
}

/** What a slot asks of the history it stands in. */
export interface SlotHistory {
	/** The slot is about to change, `swap` leads back: the step under way keeps the first of each slot. */
	willChange(slot: object, swap: Swap): void;
	hasChanged(): void;
	settle(): void;
}

/** One tool in its box with the state it is in. Only the toolbox makes one. */
export class ToolSlot<S> implements ToolHandle<S> {
	readonly tool: Tool<S>;
	readonly #history: SlotHistory;
	#state: S;

	constructor(tool: Tool<S>, history: SlotHistory) {
		this.tool = tool;
		this.#history = history;
		this.#state = tool.initial;
	}

	get state(): S {
		return this.#state;
	}

	set(state: S): void {
		this.#history.settle();
		this.move(state);
		this.#history.settle();
	}

	move(state: S): void {
		this.#keep(state);
		// Also when it is the same: the engine may have been led astray by something that is no tool.
		this.tool.apply(this.#state);
	}

	note(state: S): void {
		this.#keep(state);
	}

	reset(): void {
		this.move(this.tool.initial);
	}

	/** Opens with the state of an address, or the initial one: no step leads back from it. */
	open(text: string | null): void {
		const state = (text === null ? undefined : this.tool.fromParam(text)) ?? this.tool.initial;
		if (this.tool.equals(state, this.#state)) return;
		this.#state = state;
		this.tool.apply(state);
	}

	get param(): string | undefined {
		return this.tool.toParam(this.#state);
	}

	#keep(state: S): void {
		if (this.tool.equals(state, this.#state)) return;
		this.#history.willChange(this, this.#swapTo(this.#state));
		this.#state = state;
		this.#history.hasChanged();
	}

	#swapTo(kept: S): Swap {
		let other = kept;
		return {
			swap: () => {
				[other, this.#state] = [this.#state, other];
				this.tool.apply(this.#state);
			},
			isIdle: () => this.tool.equals(other, this.#state),
		};
	}
}
