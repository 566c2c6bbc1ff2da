import { createHash } from 'node:crypto';
import { z } from 'zod';
import { recordId } from '#schema/value/id';
import { InvalidError } from '../errors.ts';

/** The last item of a page, as the order of the list knows it. `rank` only where results are ranked. */
const position = z
	.object({
		weight: z
			.int()
			.min(-(2 ** 31))
			.max(2 ** 31 - 1),
		id: recordId,
		rank: z
			.string()
			.regex(/^\d+(?:\.\d+)?(?:e-?\d+)?$/)
			.max(30)
			.optional(),
	})
	.strict();

export type PagePosition = z.infer<typeof position>;

const sealed = position.extend({ list: z.string() });

/** Short name of a list (resource, filters, query), so that a cursor of another list is refused. */
function fingerprint(list: unknown): string {
	return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 10);
}

/** Makes the opaque text that continues `list` behind `at`. */
export function sealCursor(list: unknown, at: PagePosition): string {
	return Buffer.from(JSON.stringify({ ...at, list: fingerprint(list) })).toString('base64url');
}

/** Opens a cursor made for the same list. Throws InvalidError for anything else. */
export function openCursor(list: unknown, cursor: string): PagePosition {
	const { list: of, ...at } = parse(cursor);
	if (of !== fingerprint(list)) throw refused('belongs to another list');
	return at;
}

function parse(cursor: string): z.infer<typeof sealed> {
	if (!/^[A-Za-z0-9_-]+$/.test(cursor)) throw refused('is not one of ours');
	try {
		return sealed.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
	} catch (error) {
		throw refused('is not one of ours', error);
	}
}

function refused(why: string, cause?: unknown): InvalidError {
	const error = new InvalidError(`list: the cursor ${why} — start again without it`, [
		{ path: 'cursor', message: why },
	]);
	if (cause !== undefined) error.cause = cause;
	return error;
}
