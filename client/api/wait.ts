/** Resolves after `delayMs`, or as soon as the signal aborts; it never rejects. */
export function wait(delayMs: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, delayMs);
		signal.addEventListener('abort', done, { once: true });
		if (signal.aborted) done();
	});
}
