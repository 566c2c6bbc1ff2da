import { type RefObject, useEffect } from 'react';
import { listenForUndo, type Undoable } from '../engine/tools/undo-keys.ts';

/** Undo and redo by keys while the focus is anywhere on the stage. */
export function useUndoKeys(
	stage: RefObject<HTMLElement | null>,
	tools: Undoable | undefined,
): void {
	useEffect(() => {
		if (stage.current === null || tools === undefined) return;
		return listenForUndo(stage.current, tools);
	}, [stage, tools]);
}
