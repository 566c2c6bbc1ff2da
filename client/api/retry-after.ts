/** When a busy server does not say how long to leave it alone. */
const UNSAID_MS = 5_000;
const LEAST_MS = 1_000;

/**
 * How long a busy answer (429, 503) asks to be left alone, in milliseconds: its `Retry-After`, seconds
 * or a date (RFC 9110 §10.2.3), within 1 s and `mostMs`. Undefined for every other answer.
 */
export function retryAfterMs(
	{ status, headers }: Pick<Response, 'status' | 'headers'>,
	mostMs: number,
): number | undefined {
	if (status !== 429 && status !== 503) return undefined;
	const said = headers.get('retry-after') ?? '';
	const saidMs = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
	return Math.min(Math.max(Number.isNaN(saidMs) ? UNSAID_MS : saidMs, LEAST_MS), mostMs);
}
