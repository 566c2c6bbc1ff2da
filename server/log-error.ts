/** What stands behind a `?` or `&`: signatures, tokens and what visitors look for. */
const QUERY_VALUE = /([?&][\w.~%-]+=)[^\s&"'<>)]+/g;
/** drizzle quotes the values of a statement that failed: e-mail addresses, sessions, hashes. */
const PARAMETERS = /\nparams: [\s\S]*?(?=\n {4}at |$)/;
/** Causes of causes, and no circle. */
const DEPTH_MAX = 4;

function scrubbed(text: string): string {
	return text.replace(PARAMETERS, '').replaceAll(QUERY_VALUE, '$1…');
}

/** An error as the log keeps it. */
export interface LoggedError {
	type: string;
	message: string;
	stack: string;
	code?: string;
	cause?: LoggedError;
}

/**
 * Writes an error for the log: its type, words, code and causes, without values of queries, of SQL
 * statements, or whatever else a library hung on it (PostgreSQL's `detail` quotes rows).
 */
export function describeError(error: unknown, depth = 0): LoggedError {
	if (!(error instanceof Error)) {
		return { type: typeof error, message: scrubbed(String(error)), stack: '' };
	}
	const { cause } = error;
	return {
		type: error.name,
		message: scrubbed(error.message),
		stack: scrubbed(error.stack ?? ''),
		...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
		...(cause === undefined || depth >= DEPTH_MAX
			? {}
			: { cause: describeError(cause, depth + 1) }),
	};
}
