/** What went wrong, in domain words. Only `http/errors.ts` knows which status code each one is. */
export class NotFoundError extends Error {
	override readonly name = 'NotFoundError';
}

/** The input breaks a rule; `errors` says where, as dotted paths. */
export class InvalidError extends Error {
	override readonly name = 'InvalidError';
	readonly errors: readonly { path: string; message: string }[];
	constructor(message: string, errors: readonly { path: string; message: string }[] = []) {
		super(message);
		this.errors = errors;
	}
}

/** The newest revision of a record, by which an editor is shown what came between. */
export interface RecordNow {
	/** 0 where there is none yet. */
	revision: number;
	/** An opaque account id; null where there is no revision. */
	author: string | null;
	/** When it was cut, ISO 8601. */
	at: string | null;
}

/** The change does not fit what is stored now; `now` says what that is, where it is a record's newest revision. */
export class ConflictError extends Error {
	override readonly name = 'ConflictError';
	readonly now: RecordNow | undefined;
	/** What needs the thing that was to go, as `resource/id`. */
	readonly neededBy: readonly string[];
	constructor(message: string, facts: { now?: RecordNow; neededBy?: readonly string[] } = {}) {
		super(message);
		this.now = facts.now;
		this.neededBy = facts.neededBy ?? [];
	}
}

export class TooLargeError extends Error {
	override readonly name = 'TooLargeError';
}

/** A byte range that starts past the end of what is read. */
export class OutOfRangeError extends Error {
	override readonly name = 'OutOfRangeError';
}

export class UnsupportedError extends Error {
	override readonly name = 'UnsupportedError';
}

/** Nobody who is known asks; it may work after signing in. */
export class UnauthenticatedError extends Error {
	override readonly name = 'UnauthenticatedError';
}

/** It is known who asks, and it is not open to them. */
export class ForbiddenError extends Error {
	override readonly name = 'ForbiddenError';
}

/** A part this one leans on (database, object store) does not answer. */
export class UnavailableError extends Error {
	override readonly name = 'UnavailableError';
}

/** A setting, port or folder makes starting impossible; its message is the one sentence shown. */
export class StartError extends Error {
	override readonly name = 'StartError';
}
