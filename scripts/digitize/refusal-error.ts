import type { RefusalCode } from '#schema/digitize/refusal';

/**
 * The input cannot become an exhibit, and it is the input's doing. The message is one sentence for a
 * curator: what is wrong, a dash, what to do. The command line ends with status 3.
 */
export class RefusalError extends Error {
	override readonly name = 'RefusalError';
	readonly code: RefusalCode;

	constructor(code: RefusalCode, message: string) {
		super(message);
		this.code = code;
	}
}

/** Throws a `RefusalError`; for use where an expression is wanted. */
export function refuse(code: RefusalCode, message: string): never {
	throw new RefusalError(code, message);
}
