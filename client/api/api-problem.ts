import type { ProblemCode } from '#schema/problem/problem';

/**
 * Why a call gave nothing. Beside the server's own codes: `offline`, nothing answered;
 * `unreadable`, an answer that breaks the contract. Pages key their sentence by it.
 */
export type FailureCode = ProblemCode | 'offline' | 'unreadable';

/** A call that gave nothing. Aborting is not one: it rejects with the signal's own reason. */
export class ApiProblem extends Error {
	override readonly name = 'ApiProblem';
	readonly code: FailureCode;
	/** What to quote when asking for help; empty when the server never answered. */
	readonly requestId: string;

	constructor(code: FailureCode, message: string, requestId = '') {
		super(message);
		this.code = code;
		this.requestId = requestId;
	}
}
