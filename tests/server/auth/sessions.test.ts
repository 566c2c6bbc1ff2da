import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credential, session } from '../../../server/database/schema/auth.ts';
import { aPerson, asking, cookieOf, PASSWORD, signIn } from '../../support/people.ts';
import { expectProblem } from '../../support/problems.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startTestServer({
		http: { trustProxy: 1, rateLimits: { auth: 30, attempts: 3 } },
	});
	await aPerson(server, 'curator', 'cluster', 'ann@museum.example');
});
afterAll(() => server?.[Symbol.asyncDispose]());

const me = async (cookie: string) => (await asking(server, cookie)('/api/v1/me')).json();

describe('signing in', () => {
	it('sets a cookie that scripts and other sites do not get, and tells who it is', async () => {
		const answer = await signIn(server, 'Ann@Museum.example');
		expect(answer.status).toBe(200);
		const [set] = answer.headers['set-cookie'] ?? [];
		expect(set).toMatch(/HttpOnly/i);
		expect(set).toMatch(/SameSite=Lax/i);
		expect(answer.headers['cache-control']).toBe('private, no-store');
		expect(await me(cookieOf(answer))).toMatchObject({
			kind: 'account',
			email: 'ann@museum.example',
			grants: [{ node: 'cluster', role: 'curator' }],
		});
	});

	it('over https only sends cookies that way', async () => {
		await using site = await startTestServer({ http: { publicUrl: 'https://museum.example' } });
		const ann = await aPerson(site, 'curator');
		const [set] = (await signIn(site, ann.email)).headers['set-cookie'] ?? [];
		expect(set).toMatch(/^__Secure-xishan\.session_token=.*; Secure/i);
		const cookie = set?.split(';')[0] ?? '';
		expect((await asking(site, cookie)('/api/v1/me')).json()).toMatchObject({ id: ann.id });
	});

	it('with a wrong password and with an unknown address is refused in the same words', async () => {
		const wrong = await signIn(server, 'ann@museum.example', 'wrong horse battery');
		const unknown = await signIn(server, 'eve@museum.example');
		const words = [wrong, unknown].map(
			(each) => expectProblem(each, 401, 'unauthenticated').detail,
		);
		expect(words[0]).toBe(words[1]);
	});

	it('is not believed with a cookie that was changed', async () => {
		const cookie = cookieOf(await signIn(server, 'ann@museum.example'));
		const changed = cookie.replace(/=(.)/, (_, first) => `=${first === 'a' ? 'b' : 'a'}`);
		expect(await me(changed)).toEqual({ kind: 'anonymous' });
		expect(await me('xishan.session_token=')).toEqual({ kind: 'anonymous' });
	});

	it('ends with signing out, and a copy of the cookie is worth nothing', async () => {
		const cookie = cookieOf(await signIn(server, 'ann@museum.example'));
		const answer = await asking(server, cookie)('/api/auth/sign-out', { method: 'POST' });
		expect(answer.status).toBe(204);
		expect(answer.headers['set-cookie']?.join()).toMatch(/session_token=;.*Max-Age=0/);
		expect(await me(cookie)).toEqual({ kind: 'anonymous' });
	});

	it('is prolonged when its week is a day old', async () => {
		const cookie = cookieOf(await signIn(server, 'ann@museum.example'));
		const get = () => asking(server, cookie)('/api/auth/get-session');
		expect((await get()).headers['set-cookie']).toBeUndefined();
		await server.context.db.orm
			.update(session)
			.set({ expiresAt: new Date(Date.now() + 5.5 * 24 * 3600_000) });
		expect(cookieOf(await get())).not.toBe('');
		const rows = await server.context.db.orm.select().from(session);
		expect(rows.some(({ expiresAt }) => expiresAt.getTime() > Date.now() + 6 * 24 * 3600_000)).toBe(
			true,
		);
	});
});

describe('a password', () => {
	it('is stored as argon2id with 19 MiB and two passes', async () => {
		const [row] = await server.context.db.orm.select().from(credential);
		expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	});

	it('is changed by who knows it, and every other session ends', async () => {
		const bob = await aPerson(server, 'docent');
		const other = cookieOf(await signIn(server, bob.email));
		const change = (currentPassword: string) =>
			bob.ask('/api/auth/change-password', {
				method: 'POST',
				body: { currentPassword, newPassword: 'a new horse battery' },
			});
		expectProblem(await change('not the password'), 400, 'invalid');
		const answer = await change(PASSWORD);
		expect(answer.status).toBe(204);
		expect(await me(other)).toEqual({ kind: 'anonymous' });
		expect(await me(cookieOf(answer))).toMatchObject({ id: bob.id });
		expectProblem(await signIn(server, bob.email), 401, 'unauthenticated');
		expect((await signIn(server, bob.email, 'a new horse battery')).status).toBe(200);
	});
});

describe('guessing', () => {
	const guess = (email: string, password: string, from: string) =>
		server.ask('/api/auth/sign-in/email', {
			method: 'POST',
			body: { email, password },
			headers: { 'x-forwarded-for': from },
		});

	it('under one name is stopped from all addresses, and nobody else is locked out', async () => {
		const cat = await aPerson(server, 'docent');
		const dan = await aPerson(server, 'docent');
		for (const from of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) {
			expectProblem(await guess(cat.email, 'wrong', from), 401, 'unauthenticated');
		}
		expectProblem(await guess(cat.email.toUpperCase(), PASSWORD, '10.0.0.4'), 429, 'rate-limited');
		expect((await guess(dan.email, PASSWORD, '10.0.0.1')).status).toBe(200);
	});

	it('from one address is stopped over all names, and other addresses are not', async () => {
		for (let n = 0; n < 30; n += 1) await guess(`n${n}@museum.example`, '', '10.0.1.1');
		const { email } = await aPerson(server, 'docent');
		expectProblem(await guess(email, PASSWORD, '10.0.1.1'), 429, 'rate-limited');
		expect((await guess(email, PASSWORD, '10.0.1.2')).status).toBe(200);
	});
});

it('a page of another site neither signs in nor changes anything in somebody’s name', async () => {
	const eve = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
	const body = { email: 'ann@museum.example', password: PASSWORD };
	const signedIn = await server.ask('/api/auth/sign-in/email', {
		method: 'POST',
		body,
		headers: eve,
	});
	expectProblem(signedIn, 403, 'forbidden');
	const bob = await aPerson(server, 'admin');
	const out = await bob.ask('/api/auth/sign-out', { method: 'POST', headers: eve });
	expectProblem(out, 403, 'forbidden');
	expect(await me(bob.cookie)).toMatchObject({ id: bob.id });
});

it('whatever else better-auth can do has no address here', async () => {
	for (const path of [
		'sign-up/email',
		'update-user',
		'delete-user',
		'list-sessions',
		'ok',
		'error',
	]) {
		for (const method of ['GET', 'POST']) {
			expectProblem(await server.ask(`/api/auth/${path}`, { method }), 404, 'not-found');
		}
	}
});
