import { z } from 'zod';
import {
	createDocument,
	type ZodOpenApiOperationObject,
	type ZodOpenApiPathsObject,
	type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { type ProblemCode, problem } from '#schema/problem/problem';
import { SESSION_COOKIE } from '../auth/session-cookie.ts';
import type { AuthClass, Method } from './admit.ts';
import { PROBLEMS } from './errors.ts';
import { NO_PARAMS, NO_QUERY, type Route, type RouteAnswer, route } from './route.ts';
import { sendJson } from './send-json.ts';

/** Problems a route may answer by what it is, beside those it names. */
function problemsOf(of: Route): ProblemCode[] {
	const codes: ProblemCode[] = ['invalid', 'rate-limited', 'internal', 'unavailable'];
	if (of.auth !== 'public') codes.push('unauthenticated', 'forbidden');
	if (of.method !== 'GET') codes.push('forbidden');
	if (of.idempotent) codes.push('conflict');
	if (of.isHidden) codes.push('not-found');
	if (of.body) codes.push('too-large', 'unsupported');
	return [...codes, ...of.problems];
}

const BY_CLASS: Record<AuthClass, Record<string, string[]>[]> = {
	// Without a sign-in; who is signed in may be answered more.
	public: [],
	account: [{ session: [] }],
	'device-or-account': [{ session: [] }, { device: [] }],
};

function answerObject(answer: RouteAnswer): ZodOpenApiResponseObject {
	const { description } = answer;
	if ('schema' in answer) {
		return { description, content: { 'application/json': { schema: answer.schema } } };
	}
	if ('contentType' in answer) return { description, content: { [answer.contentType]: {} } };
	return { description };
}

function problemObjects(codes: readonly ProblemCode[]): Record<string, ZodOpenApiResponseObject> {
	return Object.fromEntries(
		codes.map((code) => [
			String(PROBLEMS[code].status),
			{
				description: PROBLEMS[code].title,
				content: { 'application/problem+json': { schema: problem } },
			},
		]),
	);
}

function operation(of: Route): ZodOpenApiOperationObject {
	const answers = Object.entries(of.answers).map(([status, answer]) => [
		status,
		answerObject(answer),
	]);
	return {
		operationId: of.id,
		summary: of.summary,
		tags: [of.tag],
		requestParams: {
			path: of.params as z.ZodObject,
			query: of.query as z.ZodObject,
			...(of.idempotent ? { header: ONCE } : {}),
		},
		...(of.body
			? { requestBody: { required: true, content: { 'application/json': { schema: of.body } } } }
			: {}),
		security: BY_CLASS[of.auth],
		responses: {
			...Object.fromEntries(answers),
			...problemObjects(problemsOf(of)),
		},
	};
}

const ONCE = z.object({
	'Idempotency-Key': z.string().max(200).optional().meta({
		description: 'Sent again with the same key within a day, the change is made once',
	}),
});

const SCHEMES = {
	session: {
		type: 'apiKey',
		in: 'cookie',
		name: SESSION_COOKIE,
		description: 'Of a signed-in person; over https its name begins with __Secure-',
	},
	device: { type: 'http', scheme: 'bearer', description: 'The token a paired device got, once' },
} as const;

/** The OpenAPI 3.1 document of a table of routes, made from the schemas that check them. */
function openApiOf(routes: readonly Route[]): object {
	const paths: ZodOpenApiPathsObject = {};
	for (const each of routes) {
		const verb = each.method.toLowerCase() as Lowercase<Method>;
		paths[each.path] = { ...paths[each.path], [verb]: operation(each) };
	}
	return createDocument({
		openapi: '3.1.1',
		info: {
			title: 'Xishan 西山',
			version: '1.0.0',
			description:
				'The museum cluster: its records, its digitised pieces and the jobs that make them. Lengths are metres, +Y is up, texts are keyed by language, and zh-CN is always there.',
			license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
		},
		servers: [{ url: '/' }],
		paths,
		components: { securitySchemes: SCHEMES },
	});
}

/** The route that answers the document of `routes`, itself included: put it last into the table. */
export function openApiRoute(routes: readonly Route[]): Route {
	let document: object | undefined;
	return route({
		method: 'GET',
		path: '/api/openapi.json',
		id: 'getOpenApi',
		summary: 'This document',
		tag: 'operations',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: {
			200: {
				description: 'OpenAPI 3.1',
				schema: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }),
			},
			304: { description: 'The document you have', isEmpty: true },
		},
		problems: [],
		async handle({ req, res }) {
			document ??= openApiOf(routes);
			await sendJson(req, res, document);
		},
	});
}
