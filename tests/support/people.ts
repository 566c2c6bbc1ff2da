import { randomUUID } from 'node:crypto';
import type { Role } from '#schema/account/role';
import { createAccount } from '../../server/auth/accounts.ts';
import { addRole } from '../../server/auth/grants.ts';
import { ensureNode } from '../../server/auth/nodes.ts';
import { SESSION_COOKIE } from '../../server/auth/session-cookie.ts';
import type { Answer, Asking, TestServer } from './test-server.ts';

export const PASSWORD = 'correct horse battery';

/** Somebody with an account; `ask` asks as their browser does, signed in, from a page of the site. */
export interface Person {
	id: string;
	email: string;
	cookie: string;
	ask(path: string, how?: Asking): Promise<Answer>;
}

/** The cookie a sign-in answered, as a browser sends it back. */
export function cookieOf(answer: Answer): string {
	const set = answer.headers['set-cookie']?.find((each) => each.startsWith(`${SESSION_COOKIE}=`));
	return set?.split(';')[0] ?? '';
}

/** Signs in and gives the cookie. */
export async function signIn(
	server: Pick<TestServer, 'ask'>,
	email: string,
	password = PASSWORD,
): Promise<Answer> {
	return server.ask('/api/auth/sign-in/email', { method: 'POST', body: { email, password } });
}

/** Asks with a cookie, as a page of this site does. */
export function asking(server: Pick<TestServer, 'ask'>, cookie: string): Person['ask'] {
	return (path, how) =>
		server.ask(path, {
			...how,
			headers: { cookie, 'sec-fetch-site': 'same-origin', ...how?.headers },
		});
}

/** Makes an account with one role at a node, or none, and signs it in. */
export async function aPerson(
	server: TestServer,
	role?: Role,
	node = 'cluster',
	email = `${role ?? 'nobody'}-${randomUUID()}@museum.example`,
): Promise<Person> {
	const id = await server.context.db.orm.transaction(async (tx) => {
		const made = await createAccount(tx, { email, name: role ?? 'Nobody', password: PASSWORD });
		if (role) {
			await ensureNode(tx, node);
			await addRole(tx, made, { node, role }, 'test');
		}
		return made;
	});
	const { cookies } = await server.context.sessions.signIn(email, PASSWORD);
	const cookie = cookies.find((each) => each.startsWith(SESSION_COOKIE))?.split(';')[0] ?? '';
	return { id, email, cookie, ask: asking(server, cookie) };
}

/** A paired device at a node; `ask` asks with its token. */
export async function aDevice(
	server: TestServer,
	approver: Person,
	node = 'cluster',
): Promise<{ id: string; token: string; ask: Person['ask'] }> {
	const begun = await server.ask('/api/v1/devices/pairings', {
		method: 'POST',
		body: { kind: 'kiosk', name: 'Hall' },
	});
	const { code, poll } = begun.json() as { code: string; poll: string };
	await approver.ask(`/api/v1/devices/pairings/${code}/approval`, {
		method: 'POST',
		body: { node },
	});
	const answer = await server.ask('/api/v1/devices/pairings/token', {
		method: 'POST',
		body: { poll },
	});
	const { id, token } = answer.json() as { id: string; token: string };
	const headers = { authorization: `Bearer ${token}` };
	return { id, token, ask: (path, how) => server.ask(path, { ...how, headers }) };
}
