/**
 * What became of a transfer. `missing`: the store does not have the file. `network`: nothing answered,
 * the connection broke, or the answer was of no use. `stalled`: bytes stopped coming. `cut`: they were
 * too few or too many. `busy`: the server asks to be left alone for a while. `unreadable`: all came, but
 * it is not what it should be.
 */
export type LoadFault = 'missing' | 'network' | 'stalled' | 'cut' | 'busy' | 'unreadable';

/** Why a file could not be had. Aborting is not one: it rejects with the signal's own reason. */
export class LoadError extends Error {
	override readonly name = 'LoadError';
	readonly reason: LoadFault;
	/** How long the server asks to be left alone, milliseconds; only of `busy`. */
	readonly retryAfterMs: number | undefined;

	constructor(reason: LoadFault, message: string, retryAfterMs?: number) {
		super(message);
		this.reason = reason;
		this.retryAfterMs = retryAfterMs;
	}
}
