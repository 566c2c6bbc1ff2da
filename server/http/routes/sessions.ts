import type { Response } from 'express';
import { z } from 'zod';
import { accountRef, type Me, me, passwordChange, signIn } from '#schema/account/account';
import { readPerson } from '../../auth/accounts.ts';
import { readDevice } from '../../auth/devices.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Context } from '../../context.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const PRIVATE = 'private, no-store';
const DONE = { 204: { description: 'Done', isEmpty: true } } as const;

function setCookies(res: Response, cookies: readonly string[]): void {
	for (const cookie of cookies) res.append('Set-Cookie', cookie);
}

async function describe({ db }: Context, principal: Principal): Promise<Me> {
	switch (principal.kind) {
		case 'account':
			return {
				...(await readPerson(db.orm, principal.id)),
				...principal,
				grants: [...principal.grants],
			};
		case 'device': {
			const { name, kind: deviceKind } = await readDevice(db.orm, principal.id);
			return { ...principal, name, deviceKind };
		}
		case 'anonymous':
		case 'system':
			return { kind: 'anonymous' };
	}
}

const session = z.object({ account: accountRef.nullable() }).meta({ id: 'Session' });

/**
 * The only addresses of better-auth's that there are, each a route like all others: its own router
 * is mounted nowhere, so whatever else it can do is closed.
 */
export const sessionRoutes = [
	route({
		method: 'POST',
		path: '/api/auth/sign-in/email',
		id: 'signIn',
		summary: 'Sign in; the answer sets a cookie',
		tag: 'accounts',
		auth: 'public',
		limit: 'auth',
		params: NO_PARAMS,
		query: NO_QUERY,
		body: signIn,
		countedBy: ({ email }) => email,
		answers: { 200: { description: 'Who is signed in', schema: session } },
		problems: ['unauthenticated'],
		async handle({ context, body, req, res }) {
			const { account, cookies } = await context.sessions.signIn(body.email, body.password);
			setCookies(res, cookies);
			await sendJson(req, res, { account: { id: account } }, PRIVATE);
		},
	}),
	route({
		method: 'POST',
		path: '/api/auth/sign-out',
		id: 'signOut',
		summary: 'Sign out; again is no error',
		tag: 'accounts',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: DONE,
		problems: [],
		async handle({ context, req, res }) {
			const { cookies } = await context.sessions.signOut(req.get('Cookie'));
			setCookies(res, cookies);
			res.status(204).end();
		},
	}),
	route({
		method: 'GET',
		path: '/api/auth/get-session',
		id: 'getSession',
		summary: 'Who is signed in; prolongs a session that is older than a day',
		tag: 'accounts',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: { 200: { description: 'Who is signed in, if anyone', schema: session } },
		problems: [],
		async handle({ context, principal, req, res }) {
			if (principal.kind !== 'account') {
				await sendJson(req, res, { account: null }, PRIVATE);
				return;
			}
			const { cookies } = await context.sessions.refresh(req.get('Cookie'));
			setCookies(res, cookies);
			await sendJson(req, res, { account: { id: principal.id } }, PRIVATE);
		},
	}),
	route({
		method: 'POST',
		path: '/api/auth/change-password',
		id: 'changePassword',
		summary: 'Change one’s own password; every other session ends',
		tag: 'accounts',
		auth: 'account',
		may: (principal) => principal.kind === 'account',
		limit: 'auth',
		params: NO_PARAMS,
		query: NO_QUERY,
		body: passwordChange,
		answers: DONE,
		problems: [],
		async handle({ context, body, req, res }) {
			const cookie = req.get('Cookie') ?? '';
			const { currentPassword, newPassword } = body;
			const { cookies } = await context.sessions.changePassword(
				cookie,
				currentPassword,
				newPassword,
			);
			setCookies(res, cookies);
			res.status(204).end();
		},
	}),
	route({
		method: 'GET',
		path: '/api/v1/me',
		id: 'getMe',
		summary: 'Who asks, and the roles they hold',
		tag: 'accounts',
		auth: 'public',
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		answers: { 200: { description: 'A person, a device, or nobody known', schema: me } },
		problems: [],
		async handle({ context, principal, req, res }) {
			await sendJson(req, res, await describe(context, principal), PRIVATE);
		},
	}),
];
