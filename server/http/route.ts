import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ProblemCode } from '#schema/problem/problem';
import type { Context } from '../context.ts';
import { InvalidError, NotFoundError } from '../errors.ts';

/** What one status of a route answers: JSON by a schema, or bytes of a media type. */
export type RouteAnswer = {
	description: string;
	headers?: Record<string, string>;
} & ({ schema: z.ZodType } | { contentType: string } | { isEmpty: true });

/** Routes of a class share a rate limit; `free` ones have none. */
export type LimitClass = 'api' | 'objects' | 'free';

interface Call<P, Q> {
	context: Context;
	params: P;
	query: Q;
	req: Request;
	res: Response;
}

/** One GET route, whole: where it is mounted, what OpenAPI says of it, and what it does. */
export interface RouteSpec<P extends z.ZodType, Q extends z.ZodType> {
	/** In OpenAPI's way of writing: `/api/v1/museums/{id}`. */
	path: `/${string}`;
	/** The last parameter of the path, when it takes all the rest of it, slashes and all. */
	tail?: string;
	id: string;
	summary: string;
	tag: string;
	limit: LimitClass;
	/** Pages of other origins may read what it answers (see `open-to-all.ts`), and ask first. */
	isOpen?: true;
	params: P;
	query: Q;
	answers: Record<number, RouteAnswer>;
	/** Beside `invalid`, `rate-limited`, `unavailable` and `internal`, which every route may answer. */
	problems: ProblemCode[];
	handle(call: Call<z.infer<P>, z.infer<Q>>): Promise<void> | void;
}

/** A route with its types folded away, so that routes fit in one table. */
export interface Route extends Omit<RouteSpec<z.ZodType, z.ZodType>, 'handle'> {
	run(context: Context, req: Request, res: Response): Promise<void>;
}

export const NO_PARAMS = z.object({});
export const NO_QUERY = z.strictObject({});

/** Express gives the rest of a path in pieces, each decoded. */
function joined(params: Request['params']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(params).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join('/') : value,
		]),
	);
}

/** An id that cannot be one names nothing: no different from one that is not there. */
function parseParams<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new NotFoundError('request: nothing can have this address — check its id');
}

function parseQuery<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	const errors = parsed.error.issues.flatMap((issue) => {
		const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')];
		return names.map((name) => ({ path: name, message: issue.message }));
	});
	const names = errors.map((error) => error.path).join(', ');
	throw new InvalidError(`request: query parameter ${names} cannot be used — see errors`, errors);
}

/** Makes a route of its description; parameters are checked before the handler sees them. */
export function route<P extends z.ZodType, Q extends z.ZodType>(spec: RouteSpec<P, Q>): Route {
	const { handle, ...rest } = spec;
	return {
		...rest,
		async run(context, req, res) {
			const params = parseParams(spec.params, joined(req.params));
			const query = parseQuery(spec.query, req.query);
			await handle({ context, params, query, req, res });
		},
	};
}
