import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { isAtLeast, ROLES, type Role } from '#schema/account/role';
import { addRole } from '../../../server/auth/grants.ts';
import { asset } from '../../../server/database/schema/assets.ts';
import { account, device, person } from '../../../server/database/schema/auth.ts';
import { ROUTES } from '../../../server/http/routes/table.ts';
import { publish } from '../../support/catalogue.ts';
import { aDevice, aPerson, PASSWORD, type Person } from '../../support/people.ts';
import { aMuseum } from '../../support/records.ts';
import {
	type Answer,
	type Asking,
	startTestServer,
	type TestServer,
} from '../../support/test-server.ts';

/*
 * Every route with everybody who could ask. What is expected is written here by hand, not read off the
 * routes: a route that is not in this list fails, and so does one whose policy says something else.
 */

/** `open`: anyone (devices may only look). `signed-in`: any account. A role: who holds it at the museum in question, or above. */
type Rule = 'open' | 'signed-in' | Role;

const RULES: Record<string, Rule> = {
	listMuseums: 'open',
	getMuseum: 'open',
	listArtefacts: 'open',
	getArtefact: 'open',
	listTraditions: 'open',
	getTradition: 'open',
	listLibraries: 'open',
	getLibrary: 'open',
	listPlaces: 'open',
	getPlace: 'open',
	listExhibits: 'open',
	getExhibit: 'open',
	listTours: 'open',
	getTour: 'open',
	listArticles: 'open',
	getArticle: 'open',
	listStories: 'open',
	getStory: 'open',
	getRecordLife: 'docent',
	getRevision: 'docent',
	diffRevisions: 'docent',
	getDraft: 'curator',
	saveDraft: 'curator',
	cutRevision: 'curator',
	submitRecord: 'curator',
	approveRecord: 'registrar',
	publishRecord: 'registrar',
	withdrawRecord: 'registrar',
	rollBackRecord: 'registrar',
	cancelSchedule: 'registrar',
	getAssetManifest: 'open',
	takeDownAsset: 'registrar',
	getAssetFile: 'open',
	listJobs: 'open',
	getJob: 'open',
	followJob: 'open',
	getObject: 'open',
	getSignedObject: 'open',
	getSignedAssetFile: 'open',
	isAlive: 'open',
	isReady: 'open',
	getMetrics: 'open',
	getOpenApi: 'open',
	signIn: 'open',
	signOut: 'open',
	getSession: 'open',
	getMe: 'open',
	changePassword: 'signed-in',
	createFirstAccount: 'open',
	acceptInvitation: 'open',
	resetPassword: 'open',
	invite: 'admin',
	listAccounts: 'admin',
	eraseAccount: 'admin',
	makeResetLink: 'admin',
	banAccount: 'admin',
	unbanAccount: 'admin',
	giveRole: 'admin',
	takeRole: 'admin',
	listDevices: 'curator',
	revokeDevice: 'curator',
	beginPairing: 'open',
	approvePairing: 'curator',
	collectToken: 'open',
};

const OWN = 'river-museum';
const OTHER = 'hill-museum';

type Who = { name: string; ask: Person['ask'] } & (
	| { kind: 'stranger' }
	| { kind: 'device' }
	| { kind: 'person'; role: Role; node: string }
);

let server: TestServer;
let signed: string;
let guest: Person;
const everybody: Who[] = [];

beforeAll(async () => {
	server = await startTestServer({
		http: { rateLimits: { api: 100_000, objects: 100_000, auth: 100_000, attempts: 100_000 } },
	});
	await publish(server.context.db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'museums', document: aMuseum({ id: OTHER }) },
	]);
	await server.context.store.put(Buffer.from('scan'));
	const hash = createHash('sha256').update('scan').digest('hex');
	signed = await server.context.store.signGet(hash, { expiresS: 600 });
	guest = await aPerson(server, 'visitor', OTHER);
	everybody.push({ name: 'a stranger', kind: 'stranger', ask: server.ask });
	for (const node of [OWN, OTHER, 'cluster']) {
		for (const role of node === 'cluster' ? (['visitor', 'admin'] as const) : ROLES) {
			const { ask } = await aPerson(server, role, node);
			everybody.push({ name: `${role} of ${node}`, kind: 'person', role, node, ask });
		}
	}
	const admin = await aPerson(server, 'admin');
	const kiosk = await aDevice(server, admin, OWN);
	everybody.push({ name: 'a kiosk', kind: 'device', ask: kiosk.ask });
	const gone = await aDevice(server, admin, OWN);
	await admin.ask(`/api/v1/devices/${gone.id}`, { method: 'DELETE' });
	everybody.push({ name: 'a revoked kiosk', kind: 'stranger', ask: gone.ask });
	const banned = await aPerson(server, 'admin', OWN);
	await admin.ask(`/api/v1/accounts/${banned.id}/ban`, { method: 'PUT' });
	everybody.push({ name: 'a banned admin', kind: 'stranger', ask: banned.ask });
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** Somebody of the own museum to be acted on, made anew for each: no password, no sign-in. */
async function aTarget(): Promise<string> {
	const id = randomUUID();
	await server.context.db.orm.transaction(async (tx) => {
		await tx.insert(account).values({ id });
		await tx.insert(person).values({ id, name: 'Target', email: `${id}@museum.example` });
		await addRole(tx, id, { node: OWN, role: 'docent' }, 'test');
	});
	return id;
}

async function aPairedDevice(): Promise<string> {
	const [made] = await server.context.db.orm
		.insert(device)
		.values({ name: 'Hall', kind: 'kiosk', node: OWN, codeExpiresAt: new Date() })
		.returning({ id: device.id });
	return made?.id ?? '';
}

async function aCode(): Promise<string> {
	const how = { method: 'POST', body: { kind: 'kiosk' } };
	return ((await server.ask('/api/v1/devices/pairings', how)).json() as { code: string }).code;
}

/** A place below the own museum's record, and an act on it that comes too late: nothing changes. */
const ofRecord = (rest: string) => `/api/v1/museums/${OWN}/${rest}`;
const LATE = { base: 99, document: { id: OWN }, note: 'late' };
const onRecord = (rest: string, body?: object) => async () => ({
	path: ofRecord(rest),
	...(body ? { body } : {}),
});

async function anAsset(): Promise<string> {
	const id = randomUUID().replaceAll('-', '');
	await server.context.db.orm.insert(asset).values({
		id,
		owner: OWN,
		scanSha256: id.repeat(2),
		scanName: 'scan.ply',
		scanBytes: 1,
		options: {},
		status: 'failed',
		job: randomUUID(),
	});
	return id;
}

const anAccount = async (rest = '') => `/api/v1/accounts/${await aTarget()}${rest}`;

/** Where and with what each route is asked, when its path alone does not say: of the own museum. */
const ASKED: Record<string, () => Promise<{ path?: string; body?: unknown }>> = {
	getRecordLife: onRecord('life'),
	getRevision: onRecord('revisions/1'),
	diffRevisions: onRecord('diff?to=1'),
	getDraft: onRecord(`drafts/${randomUUID()}`),
	saveDraft: onRecord(`drafts/${randomUUID()}`, { base: 99, document: { id: OWN } }),
	cutRevision: onRecord('revisions', LATE),
	submitRecord: onRecord('submission', LATE),
	approveRecord: onRecord('approval', { base: 99 }),
	publishRecord: onRecord('publication', { base: 99, languages: ['zh-CN'] }),
	withdrawRecord: onRecord('withdrawal', { base: 99, reason: 'late' }),
	cancelSchedule: onRecord('cancellation', { base: 99, what: 'publish' }),
	rollBackRecord: onRecord('rollback', { base: 99, to: 1, note: 'late' }),
	// Of an asset of the own museum, made anew for each who asks.
	takeDownAsset: async () => ({
		path: `/api/v1/assets/${await anAsset()}/takedown`,
		body: { reason: 'claim' },
	}),
	getSignedObject: async () => ({ path: signed }),
	signIn: async () => ({ body: { email: guest.email, password: PASSWORD } }),
	changePassword: async () => ({
		body: { currentPassword: 'is another', newPassword: 'some new password' },
	}),
	createFirstAccount: async () => ({
		body: { token: 'x', name: 'X', email: 'x@museum.example', password: PASSWORD },
	}),
	// Nobody's: what an invitation to somebody else answers is told apart where invitations are tested.
	acceptInvitation: async () => ({ body: { token: 'x' } }),
	resetPassword: async () => ({ body: { token: 'x', password: PASSWORD } }),
	invite: async () => ({ body: { email: 'y@museum.example', node: OWN, role: 'docent' } }),
	listAccounts: async () => ({ path: `/api/v1/accounts?node=${OWN}` }),
	eraseAccount: async () => ({ path: await anAccount() }),
	makeResetLink: async () => ({ path: await anAccount('/resets') }),
	banAccount: async () => ({ path: await anAccount('/ban') }),
	unbanAccount: async () => ({ path: await anAccount('/ban') }),
	giveRole: async () => ({ path: await anAccount(`/grants/${OWN}`), body: { role: 'curator' } }),
	takeRole: async () => ({ path: await anAccount(`/grants/${OWN}`) }),
	listDevices: async () => ({ path: `/api/v1/devices?node=${OWN}` }),
	revokeDevice: async () => ({ path: `/api/v1/devices/${await aPairedDevice()}` }),
	beginPairing: async () => ({ body: { kind: 'kiosk' } }),
	approvePairing: async () => ({
		path: `/api/v1/devices/pairings/${await aCode()}/approval`,
		body: { node: OWN },
	}),
	collectToken: async () => ({ body: { poll: 'x' } }),
};

type Verdict = 'let in' | 'not known' | 'not allowed';

function expected(rule: Rule, method: string, who: Who): Verdict {
	if (who.kind === 'device' && method !== 'GET') return 'not allowed';
	if (rule === 'open') return 'let in';
	if (who.kind === 'stranger') return 'not known';
	if (who.kind === 'device') return 'not allowed';
	if (rule === 'signed-in') return 'let in';
	const isAbove = who.node === OWN || who.node === 'cluster';
	return isAbove && isAtLeast(who.role, rule) ? 'let in' : 'not allowed';
}

function verdictOf({ status }: Answer): Verdict {
	if (status === 401) return 'not known';
	return status === 403 ? 'not allowed' : 'let in';
}

/** What a route answers is what it says it answers. */
function checkAnswer(answer: Answer, answers: Record<number, object>): void {
	expect(answer.status).not.toBe(500);
	if (answer.status >= 300) return;
	const documented = answers[answer.status];
	expect(documented).toBeDefined();
	if (documented && 'schema' in documented) (documented.schema as z.ZodType).parse(answer.json());
}

it('knows every route, and no route that is gone', () => {
	expect(Object.keys(RULES).sort()).toEqual(ROUTES.map(({ id }) => id).sort());
});

it('has everybody in it', () => {
	expect(everybody.map(({ name }) => name)).toHaveLength(1 + ROLES.length * 2 + 2 + 3);
});

/** Signing out comes last: it really does. */
const IN_ORDER = [...ROUTES].sort(
	(a, b) => Number(a.id === 'signOut') - Number(b.id === 'signOut'),
);

describe.each(IN_ORDER.map((route) => [route.id, route] as const))('%s', (id, route) => {
	it('lets in whom it should, and tells the others why not', async () => {
		const seen: Record<string, Verdict> = {};
		const wanted: Record<string, Verdict> = {};
		for (const who of everybody) {
			const { path, body } = (await ASKED[id]?.()) ?? {};
			const place = path ?? route.path.replaceAll(/\{\w+\}/g, 'none');
			const how: Asking = { method: route.method, ...(body === undefined ? {} : { body }) };
			const answer = await who.ask(place, how);
			seen[who.name] = verdictOf(answer);
			wanted[who.name] = expected(RULES[id] ?? 'admin', route.method, who);
			checkAnswer(answer, route.answers);
		}
		expect(seen).toEqual(wanted);
	});
});
