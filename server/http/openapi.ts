import { z } from 'zod';
import {
	createDocument,
	type ZodOpenApiOperationObject,
	type ZodOpenApiPathsObject,
	type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { type ProblemCode, problem } from '#schema/problem/problem';
import { PROBLEMS } from './errors.ts';
import { NO_PARAMS, NO_QUERY, type Route, type RouteAnswer, route } from './route.ts';
import { sendJson } from './send-json.ts';

const ANY_ROUTE: ProblemCode[] = ['invalid', 'rate-limited', 'internal', 'unavailable'];

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
		},
		responses: {
			...Object.fromEntries(answers),
			...problemObjects([...ANY_ROUTE, ...of.problems]),
		},
	};
}

/** The OpenAPI 3.1 document of a table of routes, made from the schemas that check them. */
function openApiOf(routes: readonly Route[]): object {
	const paths: ZodOpenApiPathsObject = {};
	for (const each of routes) paths[each.path] = { get: operation(each) };
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
	});
}

/** The route that answers the document of `routes`, itself included: put it last into the table. */
export function openApiRoute(routes: readonly Route[]): Route {
	let document: object | undefined;
	return route({
		path: '/api/openapi.json',
		id: 'getOpenApi',
		summary: 'This document',
		tag: 'operations',
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
