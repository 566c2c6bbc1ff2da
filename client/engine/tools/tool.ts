/**
 * One verb of a stage: a state that is plain data, how the engine shows it, and its form in an address.
 * The model to copy is `lamp-tool.ts`. A tool holds no state of its own and knows no other tool: the
 * `Toolbox` keeps what is set, and undoes it.
 */
export interface Tool<S> {
	/** The parameter's name in addresses. Links live for years: never change it. */
	readonly name: string;
	/** The state nobody asked for; it is left out of addresses. */
	readonly initial: S;
	/** Has the engine show a state, from whatever it shows now. */
	apply(state: S): void;
	/** Whether a visitor could tell two states apart; such as could not make no step of their own. */
	equals(one: S, other: S): boolean;
	/** The short form for an address; undefined for what reads like the initial state. */
	toParam(state: S): string | undefined;
	/** Reads what anyone may have written into an address: numbers are clamped, all else is undefined. */
	fromParam(text: string): S | undefined;
}

/** A tool as its users hold it: the state it is in, and three ways into another. */
export interface ToolHandle<S> {
	/** The same object until the state changes. */
	readonly state: S;
	/** Sets and shows a state as one step of its own: a press of a button. */
	set(state: S): void;
	/** Sets and shows a state as part of the step under way: a lamp that follows the hand. */
	move(state: S): void;
	/** Takes in a state the engine shows already, as part of the step under way: a dragged camera. */
	note(state: S): void;
}
