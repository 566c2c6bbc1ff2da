let resolve: () => void;

/**
 * Resolves once a stage shows its first model, or at once where nothing waits for one: from then on
 * fonts and the code of other pages may come. Scope: session.
 */
export const firstPixel = new Promise<void>((done) => {
	resolve = done;
});

export function tellFirstPixel(): void {
	resolve();
}
