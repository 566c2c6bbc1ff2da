/** How one request is answered: its status and headers, then its body, part by part. */
export interface Scripted {
	status?: number;
	headers?: Record<string, string>;
	parts?: readonly Uint8Array[];
	/** How the body ends after its last part; well by default. */
	ends?: 'well' | 'broken' | 'never';
}

/** Nothing answers at all: neither bytes nor headers come. */
export const SILENCE = 'silence';

function bodyOf({ parts = [], ends = 'well' }: Scripted, signal: AbortSignal): ReadableStream {
	const rest = [...parts];
	return new ReadableStream({
		start(stream) {
			signal.addEventListener('abort', () => stream.error(signal.reason));
		},
		pull(stream) {
			const part = rest.shift();
			if (part) stream.enqueue(part);
			else if (ends === 'well') stream.close();
			else if (ends === 'broken') stream.error(new TypeError('the connection broke'));
		},
	});
}

/**
 * A network that answers each request as told, in turn, and remembers what it was asked. Like a browser's
 * it rejects with the signal's reason once that is aborted.
 */
export function scriptedFetch(script: readonly (Scripted | typeof SILENCE)[]) {
	const asked: Record<string, string>[] = [];
	const answers = [...script];
	const fetch = async (_url: string, init: RequestInit): Promise<Response> => {
		asked.push(Object.fromEntries(new Headers(init.headers)));
		const { signal } = init;
		const answer = answers.shift();
		if (!signal || answer === undefined) throw new Error('no request was expected');
		signal.throwIfAborted();
		if (answer === SILENCE) {
			return new Promise((_, reject) => {
				signal.addEventListener('abort', () => reject(signal.reason));
			});
		}
		const { status = 200, headers = {} } = answer;
		return new Response(bodyOf(answer, signal), { status, headers });
	};
	return { fetch, asked };
}
