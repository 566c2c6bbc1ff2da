import { formatNumber } from '#schema/record/document-format';
import { RECORD_SCHEMAS, type RecordOf } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import { InvalidError, TooLargeError } from '../errors.ts';
import { nameOf, type RecordName } from './record-name.ts';

/** A document that may still be incomplete. */
export type PartialDocument = { id: string } & Record<string, unknown>;

const DOCUMENT_BYTES_MAX = 2 * 2 ** 20;

function refuse(act: string, path: string, message: string): never {
	throw new InvalidError(`${act}: ${path} ${message}`, [{ path, message }]);
}

/**
 * Takes whatever a person is in the middle of writing: an object of the record's own id, whose format,
 * where it says one, is a name like ours; at most 2 MiB. The rest is checked when it is submitted.
 * Throws InvalidError and TooLargeError.
 */
export function checkPartial(act: string, name: RecordName, document: unknown): PartialDocument {
	if (typeof document !== 'object' || document === null || Array.isArray(document)) {
		return refuse(act, 'document', 'is no object');
	}
	const { id, format } = document as Record<string, unknown>;
	if (id !== name.id) return refuse(act, 'id', `is not that of ${nameOf(name)}`);
	try {
		formatNumber(name.resource, { format });
	} catch (error) {
		return refuse(act, 'format', `is none of ours (${(error as Error).message})`);
	}
	if (Buffer.byteLength(JSON.stringify(document)) > DOCUMENT_BYTES_MAX) {
		throw new TooLargeError(
			`${act}: ${nameOf(name)} is larger than 2 MiB — move parts into others`,
		);
	}
	return document as PartialDocument;
}

/** Checks a document against the whole contract. Throws InvalidError that names every fault by its path. */
export function checkWhole<R extends Resource>(
	act: string,
	name: { resource: R; id: string },
	document: unknown,
): RecordOf<R> {
	checkPartial(act, name, document);
	const parsed = RECORD_SCHEMAS[name.resource].safeParse(document);
	if (parsed.success) return parsed.data as RecordOf<R>;
	const errors = parsed.error.issues.map(({ path, message }) => ({
		path: path.join('.'),
		message,
	}));
	throw new InvalidError(
		`${act}: ${nameOf(name)} is not complete (${errors[0]?.path}: ${errors[0]?.message}) — see errors`,
		errors,
	);
}
