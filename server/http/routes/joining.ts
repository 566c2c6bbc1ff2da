import {
	accountRef,
	firstAccount,
	invitationAcceptance,
	invitationRequest,
	oneTimeLink,
	passwordReset,
} from '#schema/account/account';
import { acceptInvitation, createFirst, invite, resetPassword } from '../../auth/joining.ts';
import { pathOf } from '../../auth/nodes.ts';
import { holds } from '../../auth/policy.ts';
import { accountOf } from '../../auth/principal.ts';
import { originOf } from '../own-origin.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const ACCOUNT = { 201: { description: 'The account', schema: accountRef } };

/** How people get in: the first by a printed link, others by invitation, back in by a reset link. */
export const joiningRoutes = [
	route({
		method: 'POST',
		path: '/api/v1/accounts/first',
		id: 'createFirstAccount',
		summary: 'Become the first administrator, by the link printed at the first start',
		tag: 'accounts',
		auth: 'public',
		limit: 'auth',
		params: NO_PARAMS,
		query: NO_QUERY,
		body: firstAccount,
		answers: ACCOUNT,
		problems: ['not-found', 'conflict'],
		async handle({ context, body, req, res }) {
			res.status(201);
			await sendJson(req, res, { id: await createFirst(context.db, body) }, 'private, no-store');
		},
	}),
	route({
		method: 'POST',
		path: '/api/v1/invitations',
		id: 'invite',
		summary: 'Invite somebody to a role at a node; the link is answered, to be handed on',
		tag: 'accounts',
		auth: 'account',
		thing: ({ context, body }) => pathOf(context.db.orm, body.node),
		may: (principal, path) => holds(principal, 'admin', path),
		limit: 'api',
		params: NO_PARAMS,
		query: NO_QUERY,
		body: invitationRequest,
		answers: { 201: { description: 'The link, once', schema: oneTimeLink } },
		problems: ['not-found'],
		async handle({ context, principal, body, req, res }) {
			const { path, expiresAt } = await invite(context.db, body, accountOf(principal));
			res.status(201);
			const link = (originOf(context, req) ?? '') + path;
			await sendJson(req, res, { link, expiresAt: expiresAt.toISOString() });
		},
	}),
	route({
		method: 'POST',
		path: '/api/v1/invitations/acceptance',
		id: 'acceptInvitation',
		summary: 'Take an invitation up: with a new account, or as who is signed in',
		tag: 'accounts',
		auth: 'public',
		limit: 'auth',
		params: NO_PARAMS,
		query: NO_QUERY,
		body: invitationAcceptance,
		answers: ACCOUNT,
		problems: ['not-found', 'conflict'],
		async handle({ context, principal, body, req, res }) {
			const signedIn = principal.kind === 'account' ? principal.id : undefined;
			const id = await acceptInvitation(context.db, body, signedIn);
			res.status(201);
			await sendJson(req, res, { id }, 'private, no-store');
		},
	}),
	route({
		method: 'POST',
		path: '/api/v1/accounts/password',
		id: 'resetPassword',
		summary: 'Choose a new password by a reset link; every session ends',
		tag: 'accounts',
		auth: 'public',
		limit: 'auth',
		params: NO_PARAMS,
		query: NO_QUERY,
		body: passwordReset,
		answers: { 204: { description: 'Done', isEmpty: true } },
		problems: ['not-found'],
		async handle({ context, body, res }) {
			await resetPassword(context.db, body);
			res.status(204).end();
		},
	}),
];
