/**
 * The chunks of a source, given up as soon as `signal` aborts even while the source is stuck.
 * A source given up is told so (`return`), as `for await` would.
 */
export async function* sourceChunks(
	source: Uint8Array | AsyncIterable<Uint8Array>,
	signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
	signal?.throwIfAborted();
	if (source instanceof Uint8Array) {
		yield source;
		return;
	}
	const iterator = source[Symbol.asyncIterator]();
	const aborted = Promise.withResolvers<never>();
	aborted.promise.catch(() => {});
	const onAbort = () => aborted.reject(signal?.reason);
	signal?.addEventListener('abort', onAbort, { once: true });
	let isDone = false;
	try {
		for (;;) {
			const next = await Promise.race([iterator.next(), aborted.promise]);
			if (next.done) {
				isDone = true;
				return;
			}
			yield next.value;
		}
	} finally {
		signal?.removeEventListener('abort', onAbort);
		// Not awaited: a stuck source would never answer.
		if (!isDone) Promise.resolve(iterator.return?.()).catch(() => {});
	}
}
