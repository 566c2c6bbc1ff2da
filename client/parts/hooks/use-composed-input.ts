import {
	type ChangeEvent,
	type CompositionEvent,
	type KeyboardEvent,
	useEffect,
	useRef,
	useState,
} from 'react';

/** What a text input is given, by spreading it: its text, and what it hears. */
export interface ComposedInput {
	value: string;
	onChange(event: ChangeEvent<HTMLInputElement>): void;
	onCompositionStart(): void;
	onCompositionEnd(event: CompositionEvent<HTMLInputElement>): void;
	onKeyDown(event: KeyboardEvent<HTMLInputElement>): void;
}

/** `keyCode` of keys an input method takes for itself. Safari reports the Enter that ends a word only so. */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * A text input that holds its own text and tells of whole words: `onText` hears each change, and a
 * word that is being composed (Chinese, Japanese, Korean) once it is finished; an Enter that finishes
 * it submits nothing. `outer` is where the text is kept beside it, such as the address: it fills the
 * input when it says what `onText` was never told (a step back, a link), and else follows it.
 */
export function useComposedInput(outer: string, onText: (text: string) => void): ComposedInput {
	const [text, setText] = useState(outer);
	const told = useRef(outer);
	const isComposing = useRef(false);
	useEffect(() => {
		if (outer === told.current) return;
		told.current = outer;
		setText(outer);
	}, [outer]);
	const take = (value: string): void => {
		setText(value);
		if (isComposing.current) return;
		told.current = value;
		onText(value);
	};
	return {
		value: text,
		onChange: (event) => take(event.target.value),
		onCompositionStart: () => {
			isComposing.current = true;
		},
		onCompositionEnd: (event) => {
			isComposing.current = false;
			take(event.currentTarget.value);
		},
		onKeyDown: (event) => {
			const isTaken = isComposing.current || event.keyCode === TAKEN_BY_INPUT_METHOD;
			if (event.key === 'Enter' && isTaken) event.preventDefault();
		},
	};
}
