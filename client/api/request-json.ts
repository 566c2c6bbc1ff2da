import { config, type ZodType } from 'zod';
import { problem } from '#schema/problem/problem';
import { newerFormatIn } from '#schema/record/document-format';
import { ApiProblem } from './api-problem.ts';

// Compiled validators need `eval`, which our content security policy forbids.
config({ jitless: true });

const TIMEOUT_MS = 20_000;

/**
 * Fetches JSON and checks it against the contract. Refuses with `ApiProblem`; an abort rejects with
 * the signal's reason. Gives up as `offline` when nothing has answered after 20 s.
 */
export async function requestJson<T>(
	path: string,
	schema: ZodType<T>,
	signal: AbortSignal,
): Promise<T> {
	const response = await reach(path, signal, { headers: { accept: 'application/json' } });
	const body: unknown = await response.json().catch(() => undefined);
	signal.throwIfAborted();
	if (!response.ok) throw readProblem(response, body);
	const parsed = schema.safeParse(body);
	if (!parsed.success) {
		const newer = newerFormatIn(body);
		if (newer) throw new ApiProblem('newer-format', newer.message);
		throw new ApiProblem('unreadable', `read ${path}: ${parsed.error.issues[0]?.message ?? ''}`);
	}
	return parsed.data;
}

/** Fetches, for 20 s at most; refuses with `offline` when nothing answers. */
export async function reach(
	path: string,
	signal: AbortSignal,
	how: Omit<RequestInit, 'signal'>,
): Promise<Response> {
	const either = new AbortController();
	const forward = (): void => either.abort(signal.reason);
	const timer = setTimeout(() => either.abort(), TIMEOUT_MS);
	signal.throwIfAborted();
	signal.addEventListener('abort', forward, { once: true });
	try {
		return await fetch(path, { ...how, signal: either.signal });
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
