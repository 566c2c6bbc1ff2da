import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../support/catalogue.ts';
import { aDevice, aPerson, type Person, signIn } from '../../support/people.ts';
import { expectProblem } from '../../support/problems.ts';
import { aMuseum } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
/** Of the cluster. */
let admin: Person;
/** Of one museum. */
let local: Person;

const at = (id: string, rest = '') => `/api/v1/accounts/${id}${rest}`;

beforeAll(async () => {
	server = await startTestServer({ http: { rateLimits: { auth: 1000 } } });
	await publish(server.context.db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'museums', document: aMuseum({ id: 'hill-museum' }) },
	]);
	admin = await aPerson(server, 'admin');
	local = await aPerson(server, 'admin', 'river-museum');
});
afterAll(() => server?.[Symbol.asyncDispose]());

describe('a ban', () => {
	it('ends sessions at once, keeps the person out, and can be taken back', async () => {
		const ann = await aPerson(server, 'curator', 'river-museum');
		expect((await local.ask(at(ann.id, '/ban'), { method: 'PUT' })).status).toBe(204);
		expect((await ann.ask('/api/v1/me')).json()).toEqual({ kind: 'anonymous' });
		expectProblem(await signIn(server, ann.email), 403, 'forbidden');
		expectProblem(await signIn(server, ann.email, 'wrong password'), 401, 'unauthenticated');
		await local.ask(at(ann.id, '/ban'), { method: 'DELETE' });
		expect((await signIn(server, ann.email)).status).toBe(200);
	});

	it('is not for who reaches further than the one who bans, nor is a reset', async () => {
		const both = await aPerson(server, 'docent', 'river-museum');
		const role = { method: 'PUT', body: { role: 'docent' } };
		await admin.ask(at(both.id, '/grants/hill-museum'), role);
		for (const id of [admin.id, both.id]) {
			expectProblem(await local.ask(at(id, '/ban'), { method: 'PUT' }), 403, 'forbidden');
			expectProblem(await local.ask(at(id, '/resets'), { method: 'POST' }), 403, 'forbidden');
			expectProblem(await local.ask(at(id), { method: 'DELETE' }), 403, 'forbidden');
		}
	});
});

describe('roles', () => {
	it('are given within the own museum and nowhere else', async () => {
		const ann = await aPerson(server, 'docent', 'river-museum');
		const give = (node: string, role: string) =>
			local.ask(at(ann.id, `/grants/${node}`), { method: 'PUT', body: { role } });
		expect((await give('river-museum', 'admin')).status).toBe(204);
		expectProblem(await give('hill-museum', 'visitor'), 403, 'forbidden');
		expectProblem(await give('cluster', 'visitor'), 403, 'forbidden');
		expect((await ann.ask('/api/v1/me')).json()).toMatchObject({
			grants: [{ node: 'river-museum', role: 'admin' }],
		});
		await local.ask(at(ann.id, '/grants/river-museum'), { method: 'DELETE' });
		expect((await ann.ask('/api/v1/me')).json()).toMatchObject({ grants: [] });
		expectProblem(await ann.ask('/api/v1/accounts?node=river-museum'), 403, 'forbidden');
	});

	it('are listed for who administers the node, and those of other museums are not', async () => {
		const ann = await aPerson(server, 'docent', 'river-museum');
		await admin.ask(at(ann.id, '/grants/hill-museum'), {
			method: 'PUT',
			body: { role: 'visitor' },
		});
		const eve = await aPerson(server, 'docent', 'hill-museum');
		const nobody = await aPerson(server);
		type List = { items: { id: string; grants: object[] }[] };
		const listed = (await local.ask('/api/v1/accounts?node=river-museum')).json() as List;
		const grantsOf = (list: List, id: string) => list.items.find((each) => each.id === id)?.grants;
		expect(grantsOf(listed, ann.id)).toEqual([{ node: 'river-museum', role: 'docent' }]);
		expect(grantsOf(listed, eve.id)).toBeUndefined();
		const all = (await admin.ask('/api/v1/accounts')).json() as List;
		expect(grantsOf(all, ann.id)).toHaveLength(2);
		expect(grantsOf(all, nobody.id)).toEqual([]);
	});

	it('of the last administrator of the cluster stay, whoever tries, also side by side', async () => {
		await using alone = await startTestServer();
		const [one, two] = [await aPerson(alone, 'admin'), await aPerson(alone, 'admin')];
		const answers = await Promise.all([
			one.ask(at(two.id, '/ban'), { method: 'PUT' }),
			two.ask(at(one.id, '/ban'), { method: 'PUT' }),
		]);
		const done = answers.filter(({ status }) => status === 204);
		expect(done).toHaveLength(1);
		const left = answers[0]?.status === 204 ? one : two;
		for (const [path, how] of [
			[at(left.id), { method: 'DELETE' }],
			[at(left.id, '/ban'), { method: 'PUT' }],
			[at(left.id, '/grants/cluster'), { method: 'DELETE' }],
			[at(left.id, '/grants/cluster'), { method: 'PUT', body: { role: 'curator' } }],
		] as const) {
			expectProblem(await left.ask(path, how), 409, 'conflict');
		}
		expect((await left.ask('/api/v1/accounts')).status).toBe(200);
	});
});

it('what is done to accounts and devices is in the register, by opaque ids', async () => {
	const { pool } = server.context.db;
	const ann = await aPerson(server, 'docent', 'river-museum');
	const kiosk = await aDevice(server, local, 'river-museum');
	const body = { email: 'new@museum.example', node: 'river-museum', role: 'docent' };
	for (const [path, how] of [
		[at(ann.id, '/ban'), { method: 'PUT' }],
		[at(ann.id, '/ban'), { method: 'DELETE' }],
		[at(ann.id, '/resets'), { method: 'POST' }],
		[at(ann.id, '/grants/river-museum'), { method: 'PUT', body: { role: 'curator' } }],
		[at(ann.id, '/grants/river-museum'), { method: 'DELETE' }],
		['/api/v1/invitations', { method: 'POST', body }],
		[`/api/v1/devices/${kiosk.id}`, { method: 'DELETE' }],
	] as const) {
		expect((await local.ask(path, how)).status).toBeLessThan(300);
	}
	const { rows } = await pool.query<{ act: string }>(
		`select action || ' ' || subject as act from audit where actor = $1
			and (subject in ($2, $3, 'node/river-museum')) order by id desc limit 8`,
		[local.id, `account/${ann.id}`, `device/${kiosk.id}`],
	);
	expect(rows.map(({ act }) => act).reverse()).toEqual([
		`device.approve device/${kiosk.id}`,
		`account.ban account/${ann.id}`,
		`account.unban account/${ann.id}`,
		`account.make-reset account/${ann.id}`,
		`account.give-role account/${ann.id}`,
		`account.take-role account/${ann.id}`,
		'account.invite node/river-museum',
		`device.revoke device/${kiosk.id}`,
	]);
});

it('erasing leaves nothing personal in the whole database, and keeps the opaque id', async () => {
	const { pool } = server.context.db;
	const email = 'very-personal@museum.example';
	const ann = await aPerson(server, 'curator', 'river-museum', email);
	await pool.query('update person set name = $1 where id = $2', ['Very Personal', ann.id]);
	await local.ask('/api/v1/invitations', {
		method: 'POST',
		body: { email, node: 'river-museum', role: 'docent' },
	});
	expect((await ann.ask(at(ann.id), { method: 'DELETE' })).status).toBe(204);
	expect((await ann.ask('/api/v1/me')).json()).toEqual({ kind: 'anonymous' });
	expectProblem(await signIn(server, email), 401, 'unauthenticated');
	expectProblem(await admin.ask(at(ann.id, '/resets'), { method: 'POST' }), 404, 'not-found');
	const { rows: tables } = await pool.query<{ name: string }>(
		`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
	);
	expect(tables.length).toBeGreaterThan(15);
	for (const { name } of tables) {
		const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
		expect(rows.filter(({ row }) => /very.personal/i.test(row))).toEqual([]);
	}
	const { rows } = await pool.query('select erased_at from account where id = $1', [ann.id]);
	expect(rows[0]).toMatchObject({ erased_at: expect.any(Date) });
	const again = await aPerson(server, 'curator', 'river-museum', email);
	expect(again.id).not.toBe(ann.id);
});
