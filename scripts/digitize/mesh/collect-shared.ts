/**
 * Has the collector run, so that memory which threads shared and nobody reaches any more goes back: it
 * cannot be given back by hand, and the collector sees no hurry where a heap is small. Does nothing
 * where Node was started without `--expose-gc`.
 */
export function collectShared(): void {
	globalThis.gc?.();
}
