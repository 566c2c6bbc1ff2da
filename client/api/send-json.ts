import { ApiProblem } from './api-problem.ts';
import { reach, readProblem } from './request-json.ts';

/** Sends JSON to the server and waits until it has taken it. Refuses with `ApiProblem`. */
export async function sendJson(path: string, body: object, signal: AbortSignal): Promise<void> {
	const { response, body: answer } = await reach(path, signal, {
		method: 'POST',
		headers: { accept: 'application/json', 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw readProblem(response, answer);
}

/** The code of what a call failed by. */
export function codeOf(error: unknown): ApiProblem['code'] {
	return error instanceof ApiProblem ? error.code : 'internal';
}
