import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { device } from '../../../server/database/schema/auth.ts';
import { publish } from '../../support/catalogue.ts';
import { aDevice, aPerson, type Person } from '../../support/people.ts';
import { expectProblem } from '../../support/problems.ts';
import { aMuseum } from '../../support/records.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
let curator: Person;

beforeAll(async () => {
	server = await startTestServer({ http: { rateLimits: { auth: 1000 } } });
	await publish(server.context.db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'museums', document: aMuseum({ id: 'hill-museum' }) },
	]);
	curator = await aPerson(server, 'curator', 'river-museum');
});
afterAll(() => server?.[Symbol.asyncDispose]());

const post = (path: string, body: unknown) => server.ask(path, { method: 'POST', body });
const collect = (poll: string) => post('/api/v1/devices/pairings/token', { poll });

async function begin() {
	const answer = await post('/api/v1/devices/pairings', { kind: 'headset' });
	return answer.json() as { code: string; poll: string; approveUrl: string };
}

function approve(code: string, node = 'river-museum') {
	const path = `/api/v1/devices/pairings/${code}/approval`;
	return curator.ask(path, { method: 'POST', body: { node, name: '展厅一' } });
}

describe('pairing', () => {
	it('gives the token exactly once, however many polls come side by side', async () => {
		const { code, poll, approveUrl } = await begin();
		expect(approveUrl).toBe(`${server.origin}/pair?code=${code}`);
		expect((await collect(poll)).json()).toEqual({ status: 'waiting' });
		expect((await approve(code.toLowerCase())).status).toBe(201);
		const polls = await Promise.all([poll, poll, poll, poll].map(collect));
		const got = polls.filter(({ status }) => status === 200).map((answer) => answer.json());
		expect(got).toHaveLength(1);
		for (const other of polls) if (other.status !== 200) expectProblem(other, 404, 'not-found');
		const [{ token, id } = { token: '', id: '' }] = got as { token: string; id: string }[];
		const headers = { authorization: `Bearer ${token}` };
		expect((await server.ask('/api/v1/me', { headers })).json()).toEqual({
			kind: 'device',
			id,
			name: '展厅一',
			deviceKind: 'headset',
			node: 'river-museum',
		});
	});

	it('keeps only hashes of token, code and secret', async () => {
		const { code, poll } = await begin();
		const before = JSON.stringify(await server.context.db.orm.select().from(device));
		await approve(code);
		const { token } = (await collect(poll)).json() as { token: string };
		expect(token).toMatch(/^xd_[\w-]{43}$/);
		const kept = before + JSON.stringify(await server.context.db.orm.select().from(device));
		for (const secret of [code, poll, token]) expect(kept).not.toContain(secret);
	});

	it('is approved once, in time, and by whom it is theirs to', async () => {
		const { code, poll } = await begin();
		expectProblem(await approve(code, 'hill-museum'), 403, 'forbidden');
		expectProblem(await approve('NOTACODE'), 404, 'not-found');
		expect((await approve(code)).status).toBe(201);
		expectProblem(await approve(code), 404, 'not-found');
		expectProblem(await collect('xp_guess'), 404, 'not-found');
		await server.context.db.orm.update(device).set({ codeExpiresAt: new Date(Date.now() - 1) });
		expectProblem(await collect(poll), 404, 'not-found');
		const late = await begin();
		await server.context.db.orm.update(device).set({ codeExpiresAt: new Date(Date.now() - 1) });
		expectProblem(await approve(late.code), 404, 'not-found');
	});
});

describe('a device', () => {
	it('that is revoked is a stranger from its next request on', async () => {
		const kiosk = await aDevice(server, curator, 'river-museum');
		expect((await kiosk.ask('/api/v1/me')).json()).toMatchObject({ kind: 'device' });
		expect((await curator.ask(`/api/v1/devices/${kiosk.id}`, { method: 'DELETE' })).status).toBe(
			204,
		);
		expect((await kiosk.ask('/api/v1/me')).json()).toEqual({ kind: 'anonymous' });
		const list = (await curator.ask('/api/v1/devices?node=river-museum')).json() as {
			items: { id: string; revokedAt: string | null }[];
		};
		expect(list.items.find(({ id }) => id === kiosk.id)?.revokedAt).not.toBeNull();
	});

	it('that was not approved yet is in no list, and cannot be revoked', async () => {
		const admin = await aPerson(server, 'admin');
		await begin();
		const list = (await admin.ask('/api/v1/devices')).json() as { items: { node: string }[] };
		expect(list.items.every(({ node }) => node !== null)).toBe(true);
		const [waiting] = (await server.context.db.orm.select().from(device)).filter(
			({ node }) => node === null,
		);
		const answer = await admin.ask(`/api/v1/devices/${waiting?.id}`, { method: 'DELETE' });
		expectProblem(answer, 404, 'not-found');
	});

	it('is noted as seen at most once a minute', async () => {
		const kiosk = await aDevice(server, curator, 'river-museum');
		const seen = async () => {
			const { orm } = server.context.db;
			const [row] = await orm.select().from(device).where(eq(device.id, kiosk.id));
			return row?.lastSeenAt?.getTime();
		};
		expect(await seen()).toBeUndefined();
		await kiosk.ask('/api/v1/me');
		const first = await seen();
		expect(first).toBeGreaterThan(0);
		await kiosk.ask('/api/v1/me');
		expect(await seen()).toBe(first);
		const before = new Date(Date.now() - 61_000);
		await server.context.db.orm.update(device).set({ lastSeenAt: before });
		await kiosk.ask('/api/v1/me');
		expect(await seen()).toBeGreaterThan(before.getTime());
	});
});
