import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { InvalidError, TooLargeError, UnsupportedError } from '../errors.ts';

/** Documents and forms are far smaller; files come another way. */
const BODY_BYTES_MAX = 256 * 1024;

/** One parser a size: made once, since making one costs more than using it. */
const parsers = new Map<number, ReturnType<typeof express.json>>();

function parserOf(limit: number): ReturnType<typeof express.json> {
	const parser = parsers.get(limit) ?? express.json({ limit, strict: false });
	parsers.set(limit, parser);
	return parser;
}

/** What the parser throws, in words of ours; anything else as it is. */
function bodyError(error: unknown, limit: number): unknown {
	if (!(error instanceof Error) || !('type' in error)) return error;
	if (error.type === 'entity.too.large') {
		return new TooLargeError(`request: its body is larger than ${limit} bytes — send less`);
	}
	if (error.type === 'entity.parse.failed') {
		return new InvalidError('request: its body is no JSON — check it');
	}
	if (error.type === 'encoding.unsupported' || error.type === 'charset.unsupported') {
		return new UnsupportedError(
			'request: its body is encoded in a way not known here — send UTF-8',
		);
	}
	return error;
}

/**
 * Reads a request's JSON and checks it against `schema`. Throws InvalidError with the paths of what
 * is wrong, UnsupportedError for another media type, TooLargeError above `bytesMax`, by default 256 KiB.
 */
export async function readBody<T extends z.ZodType>(
	req: Request,
	res: Response,
	schema: T,
	bytesMax = BODY_BYTES_MAX,
): Promise<z.infer<T>> {
	if (req.is('application/json') === false) {
		throw new UnsupportedError('request: its body must be application/json');
	}
	await new Promise<void>((resolve, reject) => {
		parserOf(bytesMax)(req, res, (error?: unknown) => {
			if (error === undefined) resolve();
			else reject(bodyError(error, bytesMax));
		});
	});
	const parsed = schema.safeParse(req.body);
	if (parsed.success) return parsed.data;
	const errors = parsed.error.issues.flatMap((issue) => {
		const path = issue.path.map(String);
		const names = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
		return names.map((name) => ({
			path: (name === undefined ? path : [...path, name]).join('.'),
			message: issue.message,
		}));
	});
	throw new InvalidError('request: its body cannot be used — see errors', errors);
}
