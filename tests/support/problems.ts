import { expect } from 'vitest';
import { type ProblemCode, problem } from '#schema/problem/problem';
import type { Answer } from './test-server.ts';

/** Expects an answer to be a problem of this status and code, whole and by the contract. */
export function expectProblem(answer: Answer, status: number, code: ProblemCode) {
	const parsed = problem.parse(answer.json());
	expect({ status: answer.status, code: parsed.code }).toEqual({ status, code });
	expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
	expect(parsed.requestId).toBe(answer.headers['x-request-id']);
	if (status === 503) expect(answer.headers['retry-after']).toMatch(/^\d+$/);
	if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
	return parsed;
}
