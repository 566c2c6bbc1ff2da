/** Sharper than this is not seen, and costs a phone its battery. */
const MAX_PIXEL_RATIO = 2;

/** The pixel ratio to draw at, from the screen's own. */
export function drawnPixelRatio(): number {
	return Math.min(globalThis.devicePixelRatio || 1, MAX_PIXEL_RATIO);
}

/** Calls back each time the screen's pixel ratio changes: another screen, another zoom. Gives what ends it. */
export function watchPixelRatio(onChange: () => void): () => void {
	let query: MediaQueryList | undefined;
	const follow = (): void => {
		query?.removeEventListener('change', changed);
		query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
		query.addEventListener('change', changed);
	};
	const changed = (): void => {
		follow();
		onChange();
	};
	follow();
	return () => query?.removeEventListener('change', changed);
}
