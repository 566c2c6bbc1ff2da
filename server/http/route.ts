import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ProblemCode } from '#schema/problem/problem';
import type { Principal } from '../auth/principal.ts';
import type { Context } from '../context.ts';
import { InvalidError, NotFoundError } from '../errors.ts';
import { type AuthClass, admit, type Method, refuse } from './admit.ts';
import { answerOnce } from './answer-once.ts';
import type { Attempts } from './attempts.ts';
import { readBody } from './read-body.ts';

/** What one status of a route answers: JSON by a schema, or bytes of a media type. */
export type RouteAnswer = {
	description: string;
	headers?: Record<string, string>;
} & ({ schema: z.ZodType } | { contentType: string } | { isEmpty: true });

/** Routes of a class share a rate limit; `auth` is the strict one of sign-in and codes, `free` ones have none. */
export type LimitClass = 'api' | 'objects' | 'auth' | 'free';

/** What is asked, checked. */
export interface Asked<P, Q, B> {
	context: Context;
	principal: Principal;
	params: P;
	query: Q;
	body: B;
	req: Request;
}

export interface Call<P, Q, B, T> extends Asked<P, Q, B> {
	/** What the route's `thing` loaded: the policy has seen it. */
	thing: T;
	res: Response;
}

/** Where a route is mounted and what OpenAPI says of it. */
interface RouteFace {
	method: Method;
	/** In OpenAPI's way of writing: `/api/v1/museums/{id}`. */
	path: `/${string}`;
	/** The last parameter of the path, when it takes all the rest of it, slashes and all. */
	tail?: string;
	id: string;
	summary: string;
	tag: string;
	auth: AuthClass;
	limit: LimitClass;
	/** Pages of other origins may read what it answers (see `open-to-all.ts`), and ask first. */
	isOpen?: true;
	/** Who is refused is told that there is nothing: that it exists is not theirs to know. */
	isHidden?: true;
	/** A change that may be sent again under one `Idempotency-Key` and is made once; not for strangers, who have no name. */
	idempotent?: true;
	/** Beside 256 KiB, when the body may be larger or must be smaller. */
	bodyBytesMax?: number;
	answers: Record<number, RouteAnswer>;
	/** Beside those every route of its kind may answer (`openapi.ts`). */
	problems: readonly ProblemCode[];
}

/**
 * The policy of a route. One that is not public has a `may`; without, it does not start. `thing` loads
 * what is acted on, once, for the policy and the handler; it throws NotFoundError where there is none.
 */
type RoutePolicy<A, T> = {
	thing?: (asked: A) => Promise<T> | T;
} & (
	| { auth: 'public'; may?: (principal: Principal, thing: NoInfer<T>) => boolean }
	| {
			auth: Exclude<AuthClass, 'public'>;
			may: (principal: Principal, thing: NoInfer<T>) => boolean;
	  }
);

/** One route, whole: where it is mounted, who may use it, what it takes and answers, and what it does. */
export type RouteSpec<
	P extends z.ZodType,
	Q extends z.ZodType,
	B extends z.ZodType,
	T,
> = RouteFace &
	RoutePolicy<Asked<z.infer<P>, z.infer<Q>, z.infer<B>>, T> & {
		params: P;
		query: Q;
		/** What JSON it takes; left out: none is read. */
		body?: B;
		/** The name that failed attempts are counted against, beside the address they come from. */
		countedBy?: (body: z.infer<B>) => string;
		handle(call: Call<z.infer<P>, z.infer<Q>, z.infer<B>, NoInfer<T>>): Promise<void> | void;
	};

/** A route with its types folded away, so that routes fit in one table. */
export interface Route extends RouteFace {
	params: z.ZodType;
	query: z.ZodType;
	body?: z.ZodType;
	hasPolicy: boolean;
	run(given: Given): Promise<void>;
}

/** What a mounted route is run with. */
export interface Given {
	context: Context;
	attempts: Attempts;
	req: Request;
	res: Response;
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

/** Loads what is acted on and asks the policy. Throws what `refuse` throws. */
async function allow<A extends { principal: Principal }, T>(
	spec: RoutePolicy<A, T> & Pick<RouteFace, 'isHidden'>,
	asked: A,
): Promise<T> {
	try {
		const thing = (await spec.thing?.(asked)) as T;
		if (spec.may === undefined || spec.may(asked.principal, thing)) return thing;
	} catch (error) {
		// Where existence is hidden, nothing and nothing for you are told in the same words.
		if (!(spec.isHidden && error instanceof NotFoundError)) throw error;
	}
	throw refuse(asked.principal, spec.isHidden);
}

/**
 * Makes a route of its description. In order: who asks is found and admitted, what is asked is
 * checked, what is acted on is loaded, the policy decides, the handler answers.
 */
export function route<
	P extends z.ZodType,
	Q extends z.ZodType,
	T,
	B extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<P, Q, B, T>): Route {
	const { handle, thing, may, countedBy, ...face } = spec;
	return {
		...face,
		hasPolicy: may !== undefined,
		async run({ context, attempts, req, res }) {
			const { cookie, authorization } = req.headers;
			const principal = await context.identify({ cookie, authorization });
			admit(spec, principal);
			const params = parseParams(spec.params, joined(req.params));
			const query = parseQuery(spec.query, req.query);
			const read = spec.body && (await readBody(req, res, spec.body, spec.bodyBytesMax));
			// Undefined only where B is the schema of nothing.
			const body = read as z.infer<B>;
			const name = countedBy?.(body);
			if (name !== undefined) await attempts.take(name);
			const asked = { context, principal, params, query, body, req };
			const acted = await allow(spec, asked);
			const change = () => handle({ ...asked, thing: acted, res });
			if (spec.idempotent) {
				const { id } = spec;
				const once = { id, context, principal, asked: [params, query, body], req, res };
				await answerOnce(once, change);
			} else await change();
			if (name !== undefined && res.statusCode < 400) await attempts.forgive(name);
		},
	};
}
