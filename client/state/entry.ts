import { ApiProblem, type FailureCode } from '../api/api-problem.ts';

/**
 * One thing asked of the server and how it stands. `data` outlives a failed refresh, so a page that
 * was read stays readable; then `status` still says what went wrong.
 */
export interface Entry<T> {
	status: 'loading' | 'ready' | 'error' | 'offline';
	data: T | undefined;
	/** Why the last try failed. */
	code: FailureCode | undefined;
	/** When `data` arrived, milliseconds of the clock handed in; 0 while there is none. */
	fetchedAtMs: number;
}

export const LOADING: Entry<never> = {
	status: 'loading',
	data: undefined,
	code: undefined,
	fetchedAtMs: 0,
};

/** What remains of an entry after a failed try: nothing when the server says that there is none any more. */
export function failedEntry<T>(before: Entry<T> | undefined, error: unknown): Entry<T> {
	const code = error instanceof ApiProblem ? error.code : 'internal';
	const kept = code === 'not-found' ? undefined : before;
	return {
		status: code === 'offline' ? 'offline' : 'error',
		data: kept?.data,
		code,
		fetchedAtMs: kept?.fetchedAtMs ?? 0,
	};
}
