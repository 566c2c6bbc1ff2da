import { config, type ZodType } from 'zod';
import { problem } from '#schema/problem/problem';
import { newerFormatIn } from '#schema/record/document-format';
import { ApiProblem } from './api-problem.ts';
import { markLeftOut } from './left-out.ts';
import { tolerantRead } from './tolerant-read.ts';

// Compiled validators need `eval`, which our content security policy forbids.
config({ jitless: true });

const TIMEOUT_MS = 20_000;

/** A server that is busy is asked again by itself so often, when it says after how long. */
const BUSY_TRIES = 3;
const BUSY_WAIT_MAX_S = 30;

/**
 * Fetches JSON and checks it against the contract; what of it a newer server wrote and is not understood is left out
 * and named (`leftOutOf`). Refuses with `ApiProblem`; an abort rejects with
 * the signal's reason. Gives up as `offline` when nothing, or not all, has come after 20 s; a server that is busy
 * and says for how long is asked again.
 */
export async function requestJson<T>(
	path: string,
	schema: ZodType<T>,
	signal: AbortSignal,
): Promise<T> {
	const { response, body } = await askUntilFree(path, signal);
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

async function askUntilFree(path: string, signal: AbortSignal): Promise<Answer> {
	for (let tries = 1; ; tries++) {
		const answer = await reach(path, signal, { headers: { accept: 'application/json' } });
		const { status, headers } = answer.response;
		const waitS = Number(headers.get('retry-after') ?? Number.NaN);
		const isBusy = (status === 429 || status === 503) && waitS <= BUSY_WAIT_MAX_S;
		if (!isBusy || tries > BUSY_TRIES) return answer;
		await new Promise((resolve) => setTimeout(resolve, waitS * 1000));
		signal.throwIfAborted();
	}
}

/** An answer and what was in it, or undefined where that was no JSON. */
interface Answer {
	response: Response;
	body: unknown;
}

/** Fetches and reads JSON, for 20 s at most in all; refuses with `offline` when nothing answers or the answer breaks off. */
export async function reach(
	path: string,
	signal: AbortSignal,
	how: Omit<RequestInit, 'signal'>,
): Promise<Answer> {
	// AbortSignal.any would say it in a line, but phones that stopped at iOS 16 have none.
	const either = new AbortController();
	const forward = (): void => either.abort();
	const timer = setTimeout(forward, TIMEOUT_MS);
	signal.throwIfAborted();
	signal.addEventListener('abort', forward, { once: true });
	try {
		const response = await fetch(path, { ...how, signal: either.signal });
		const body: unknown = await response.json().catch(() => undefined);
		either.signal.throwIfAborted();
		return { response, body };
	} catch {
		signal.throwIfAborted();
		throw new ApiProblem('offline', `reach ${path}: nothing answered`);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', forward);
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
