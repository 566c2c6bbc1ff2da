import { config, type ZodType } from 'zod';
import { problem } from '#schema/problem/problem';
import { newerFormatIn } from '#schema/record/document-format';
import { ApiProblem } from './api-problem.ts';
import { markLeftOut } from './left-out.ts';
import { readJson } from './read-json.ts';
import { retryAfterMs } from './retry-after.ts';
import { tolerantRead } from './tolerant-read.ts';
import { wait } from './wait.ts';

// Compiled validators need `eval`, which our content security policy forbids.
config({ jitless: true });

const TIMEOUT_MS = 20_000;
/** How often a busy server is asked again, and how long it is left alone each time at most. */
const BUSY_AGAIN = 3;
const BUSY_WAIT_MS = 30_000;

/** An answer with its body: parsed JSON, or undefined when it is none. */
interface Answer {
	response: Response;
	body: unknown;
}

/**
 * Fetches JSON and checks it against the contract; what of it a newer server wrote and is not understood is left out
 * and named (`leftOutOf`). Refuses with `ApiProblem`; an abort rejects with
 * the signal's reason. Gives up as `offline` as `reach` does; a server that is busy is asked again, three times at
 * most and when it says (within 30 s), before that is a failure.
 */
export async function requestJson<T>(
	path: string,
	schema: ZodType<T>,
	signal: AbortSignal,
): Promise<T> {
	const { response, body } = await askPatiently(path, signal);
	if (!response.ok) throw readProblem(response, body);
	const newer = newerFormatIn(body);
	const read = tolerantRead(schema, body);
	if (read === undefined) {
		if (newer) throw new ApiProblem('newer-format', newer.message);
		throw new ApiProblem('unreadable', `read ${path}: it breaks the contract`);
	}
	markLeftOut(read.data, read.leftOut);
	return read.data;
}

async function askPatiently(path: string, signal: AbortSignal): Promise<Answer> {
	for (let again = BUSY_AGAIN; ; again--) {
		const answer = await reach(path, signal, { headers: { accept: 'application/json' } });
		const waitMs = retryAfterMs(answer.response, BUSY_WAIT_MS);
		if (waitMs === undefined || again === 0) return answer;
		await wait(waitMs, signal);
	}
}

/**
 * Fetches and reads the answer; refuses with `offline` when nothing answers for 20 s, or the body does
 * not end within 20 s more. What a write that was taken answers is not read: it is done all the same.
 */
export async function reach(
	path: string,
	signal: AbortSignal,
	how: Omit<RequestInit, 'signal'>,
): Promise<Answer> {
	signal.throwIfAborted();
	// AbortSignal.any would say it in a line, but phones that stopped at iOS 16 have none.
	const either = new AbortController();
	const stop = (): void => either.abort(signal.reason);
	let timer = setTimeout(stop, TIMEOUT_MS);
	signal.addEventListener('abort', stop, { once: true });
	try {
		const response = await fetch(path, { ...how, signal: either.signal });
		clearTimeout(timer);
		timer = setTimeout(stop, TIMEOUT_MS);
		return {
			response,
			body: how.body && response.ok ? undefined : readJson(await response.text()),
		};
	} catch {
		signal.throwIfAborted();
		throw new ApiProblem('offline', `reach ${path}: nothing answered`);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', stop);
	}
}

/** A gateway in front of the server answers in its own words; its 5xx still means `unavailable`. */
export function readProblem(response: Response, body: unknown): ApiProblem {
	const parsed = problem.safeParse(body);
	if (parsed.success) {
		return new ApiProblem(parsed.data.code, parsed.data.detail, parsed.data.requestId);
	}
	const code = response.status >= 500 ? 'unavailable' : 'unreadable';
	return new ApiProblem(code, `answer ${response.status} without a problem document`);
}
