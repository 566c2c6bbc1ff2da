/** What undo asks of whoever has it. */
export interface Undoable {
	undo(): void;
	redo(): void;
}

/** Whether text is being written there, which has an undo of its own. */
function isWriting(target: EventTarget | null): boolean {
	const { tagName, type } = (target ?? {}) as Partial<HTMLInputElement>;
	return tagName === 'TEXTAREA' || (tagName === 'INPUT' && type !== 'range');
}

/** Undo and redo by the keys everyone knows: Ctrl or ⌘ with Z, with Shift for redo; Ctrl+Y too. */
function actionOf(event: KeyboardEvent): keyof Undoable | undefined {
	if (event.altKey || !(event.ctrlKey || event.metaKey)) return undefined;
	const key = event.key.toLowerCase();
	if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
	return key === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : undefined;
}

/**
 * Listens for undo and redo while the focus is on `element` or inside of it; returns what ends that.
 * The keys are kept from the browser also when nothing is left to undo: ⌘Z would open closed tabs.
 */
export function listenForUndo(element: EventTarget, tools: Undoable): () => void {
	const onKey = (event: Event): void => {
		const action = actionOf(event as KeyboardEvent);
		if (action === undefined || isWriting(event.target)) return;
		event.preventDefault();
		tools[action]();
	};
	element.addEventListener('keydown', onKey);
	return () => element.removeEventListener('keydown', onKey);
}
