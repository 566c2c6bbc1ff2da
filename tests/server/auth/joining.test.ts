import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { welcomeLink } from '../../../server/auth/joining.ts';
import { link, person } from '../../../server/database/schema/auth.ts';
import { publish } from '../../support/catalogue.ts';
import { aPerson, cookieOf, PASSWORD, type Person, signIn } from '../../support/people.ts';
import { expectProblem } from '../../support/problems.ts';
import { aMuseum } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let admin: Person;

const tokenOf = (address: string) => new URL(address, 'http://x').searchParams.get('token') ?? '';
const post = (path: string, body: unknown) => server.ask(path, { method: 'POST', body });

beforeAll(async () => {
	server = await startTestServer({ http: { rateLimits: { auth: 1000 } } });
	await publish(server.context.db, [{ resource: 'museums', document: aMuseum() }]);
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('the first administrator', () => {
	const first = { email: 'first@museum.example', name: 'First', password: PASSWORD };

	it('is whoever opens the printed link first: one, however many try', async () => {
		const { db } = server.context;
		const links = [await welcomeLink(db), await welcomeLink(db)].map((path) => path ?? '');
		expect(links[0]).toMatch(/^\/welcome\?token=xl_[\w-]{43}$/);
		expectProblem(
			await post('/api/v1/accounts/first', { ...first, token: 'xl_guess' }),
			404,
			'not-found',
		);
		const tries = await Promise.all(
			[0, 1, 0, 1].map((at, n) =>
				post('/api/v1/accounts/first', {
					...first,
					email: `first-${n}@museum.example`,
					token: tokenOf(links[at] ?? ''),
				}),
			),
		);
		expect(tries.filter(({ status }) => status === 201)).toHaveLength(1);
		expect(await welcomeLink(db)).toBeUndefined();
		const [made] = await db.orm.select().from(person);
		const answer = await signIn(server, made?.email ?? '');
		const headers = { cookie: cookieOf(answer) };
		expect((await server.ask('/api/v1/me', { headers })).json()).toMatchObject({
			grants: [{ node: 'cluster', role: 'admin' }],
		});
		admin = await aPerson(server, 'admin');
	});

	it('has no default password, and a short one is not taken', async () => {
		const answer = await post('/api/v1/accounts/first', {
			...first,
			token: 'x',
			password: 'short',
		});
		expect(expectProblem(answer, 400, 'invalid').errors?.[0]?.path).toBe('password');
	});
});

describe('an invitation', () => {
	const invite = async (email: string, role = 'curator', node = 'river-museum') =>
		admin.ask('/api/v1/invitations', { method: 'POST', body: { email, role, node } });
	const accept = (token: string, more: object = { name: 'Ann', password: PASSWORD }) =>
		post('/api/v1/invitations/acceptance', { token, ...more });

	it('makes an account with the role it names, once, and only its hash is kept', async () => {
		const answer = await invite('Ann@museum.example');
		const { link: address } = answer.json() as { link: string };
		expect(address).toContain(`${server.origin}/invitation?token=`);
		const kept = JSON.stringify(await server.context.db.orm.select().from(link));
		expect(kept).not.toContain(tokenOf(address));
		expect((await accept(tokenOf(address))).status).toBe(201);
		expectProblem(await accept(tokenOf(address)), 404, 'not-found');
		const headers = { cookie: cookieOf(await signIn(server, 'ann@museum.example')) };
		expect((await server.ask('/api/v1/me', { headers })).json()).toMatchObject({
			name: 'Ann',
			grants: [{ node: 'river-museum', role: 'curator' }],
		});
	});

	it('to somebody with an account is taken up signed in, by nobody else, and lowers no role', async () => {
		const bob = await aPerson(server, 'registrar', 'river-museum');
		const eve = await aPerson(server, 'docent');
		const { link: address } = (await invite(bob.email, 'docent')).json() as { link: string };
		const body = { token: tokenOf(address) };
		expectProblem(await accept(body.token), 409, 'conflict');
		const how = { method: 'POST', body };
		expectProblem(await eve.ask('/api/v1/invitations/acceptance', how), 403, 'forbidden');
		expect((await bob.ask('/api/v1/invitations/acceptance', how)).status).toBe(201);
		expect((await bob.ask('/api/v1/me')).json()).toMatchObject({
			grants: [{ node: 'river-museum', role: 'registrar' }],
		});
	});

	it('out of date, for another purpose, or to no museum is none', async () => {
		const { link: address } = (await invite('late@museum.example')).json() as { link: string };
		await server.context.db.orm.update(link).set({ expiresAt: new Date(Date.now() - 1) });
		expectProblem(await accept(tokenOf(address)), 404, 'not-found');
		const reset = { token: tokenOf(address), password: PASSWORD };
		expectProblem(await post('/api/v1/accounts/password', reset), 404, 'not-found');
		expectProblem(await invite('x@museum.example', 'curator', 'no-museum'), 404, 'not-found');
	});
});

it('a reset link gives a new password once, and ends every session', async () => {
	const bob = await aPerson(server, 'curator', 'river-museum');
	const made = await admin.ask(`/api/v1/accounts/${bob.id}/resets`, { method: 'POST' });
	const token = tokenOf((made.json() as { link: string }).link);
	const reset = () => post('/api/v1/accounts/password', { token, password: 'another password' });
	expect((await reset()).status).toBe(204);
	expectProblem(await reset(), 404, 'not-found');
	expect((await bob.ask('/api/v1/me')).json()).toEqual({ kind: 'anonymous' });
	expect((await signIn(server, bob.email, 'another password')).status).toBe(200);
});
