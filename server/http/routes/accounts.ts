import { z } from 'zod';
import { account, accountId, grantRequest, oneTimeLink } from '#schema/account/account';
import { nodeId } from '#schema/account/device';
import { banAccount, eraseAccount, listAccounts, unbanAccount } from '../../auth/accounts.ts';
import { giveRole, pathsOfAccount, takeRole } from '../../auth/grants.ts';
import { makeReset } from '../../auth/joining.ts';
import { below, CLUSTER, pathOf } from '../../auth/nodes.ts';
import { holds } from '../../auth/policy.ts';
import { accountOf, type Principal } from '../../auth/principal.ts';
import type { Context } from '../../context.ts';
import { originOf } from '../own-origin.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const DONE = { 204: { description: 'Done', isEmpty: true } } as const;
const byId = z.object({ id: accountId });
const byNode = z.object({ id: accountId, node: nodeId });

interface Target {
	id: string;
	paths: string[][];
}

/** An account as something acted on: all that it reaches. */
async function target({ context, params }: { context: Context; params: { id: string } }) {
	return { id: params.id, paths: await pathsOfAccount(context.db.orm, params.id) };
}

/** Who administers every node the account has a role at may act on it. */
function administers(principal: Principal, { paths }: Target): boolean {
	return paths.every((path) => holds(principal, 'admin', path));
}

/** Whether it is one's own, or one administers it. */
function isOwnOrAdministers(principal: Principal, thing: Target): boolean {
	return (
		(principal.kind === 'account' && principal.id === thing.id) || administers(principal, thing)
	);
}

const nodePath = ({ context, params }: { context: Context; params: { node: string } }) =>
	pathOf(context.db.orm, params.node);

const FACE = { tag: 'accounts', auth: 'account', limit: 'api', query: NO_QUERY } as const;

export const accountRoutes = [
	route({
		...FACE,
		method: 'GET',
		path: '/api/v1/accounts',
		id: 'listAccounts',
		summary: 'Who holds roles at a node and below it',
		thing: ({ context, query }) => pathOf(context.db.orm, query.node),
		may: (principal, path) => holds(principal, 'admin', path),
		params: NO_PARAMS,
		query: z.strictObject({ node: nodeId.default(CLUSTER) }),
		answers: {
			200: { description: 'The accounts', schema: z.object({ items: z.array(account) }) },
		},
		problems: [],
		async handle({ context, query, req, res }) {
			const { orm } = context.db;
			await sendJson(req, res, { items: await listAccounts(orm, await below(orm, query.node)) });
		},
	}),
	route({
		...FACE,
		method: 'DELETE',
		path: '/api/v1/accounts/{id}',
		id: 'eraseAccount',
		summary: 'Erase all personal data of an account; its opaque id stays in what it wrote',
		thing: target,
		may: isOwnOrAdministers,
		params: byId,
		answers: DONE,
		problems: ['not-found', 'conflict'],
		async handle({ context, principal, params, res }) {
			const by = accountOf(principal);
			await context.db.orm.transaction((tx) => eraseAccount(tx, params.id, by));
			res.status(204).end();
		},
	}),
	route({
		...FACE,
		method: 'POST',
		path: '/api/v1/accounts/{id}/resets',
		id: 'makeResetLink',
		summary: 'A link to choose a new password by, to be handed on',
		thing: target,
		may: administers,
		params: byId,
		answers: { 201: { description: 'The link, once', schema: oneTimeLink } },
		problems: ['not-found'],
		async handle({ context, principal, params, req, res }) {
			const { path, expiresAt } = await makeReset(context.db, params.id, accountOf(principal));
			res.status(201);
			const link = (originOf(context, req) ?? '') + path;
			await sendJson(req, res, { link, expiresAt: expiresAt.toISOString() });
		},
	}),
	route({
		...FACE,
		method: 'PUT',
		path: '/api/v1/accounts/{id}/ban',
		id: 'banAccount',
		summary: 'Close an account; whoever is signed in with it no longer is',
		thing: target,
		may: administers,
		params: byId,
		answers: DONE,
		problems: ['not-found', 'conflict'],
		async handle({ context, principal, params, res }) {
			const by = accountOf(principal);
			await context.db.orm.transaction((tx) => banAccount(tx, params.id, by));
			res.status(204).end();
		},
	}),
	route({
		...FACE,
		method: 'DELETE',
		path: '/api/v1/accounts/{id}/ban',
		id: 'unbanAccount',
		summary: 'Open a closed account again',
		thing: target,
		may: administers,
		params: byId,
		answers: DONE,
		problems: ['not-found'],
		async handle({ context, principal, params, res }) {
			const by = accountOf(principal);
			await context.db.orm.transaction((tx) => unbanAccount(tx, params.id, by));
			res.status(204).end();
		},
	}),
	route({
		...FACE,
		method: 'PUT',
		path: '/api/v1/accounts/{id}/grants/{node}',
		id: 'giveRole',
		summary: 'Give an account a role at a node, in place of the one it had there',
		thing: nodePath,
		may: (principal, path) => holds(principal, 'admin', path),
		params: byNode,
		body: grantRequest,
		answers: DONE,
		problems: ['not-found', 'conflict'],
		async handle({ context, principal, params, body, res }) {
			const grant = { node: params.node, role: body.role };
			const by = accountOf(principal);
			await context.db.orm.transaction((tx) => giveRole(tx, params.id, grant, by));
			res.status(204).end();
		},
	}),
	route({
		...FACE,
		method: 'DELETE',
		path: '/api/v1/accounts/{id}/grants/{node}',
		id: 'takeRole',
		summary: 'Take the role an account holds at a node',
		thing: nodePath,
		may: (principal, path) => holds(principal, 'admin', path),
		params: byNode,
		answers: DONE,
		problems: ['conflict'],
		async handle({ context, principal, params, res }) {
			const by = accountOf(principal);
			await context.db.orm.transaction((tx) => takeRole(tx, params.id, params.node, by));
			res.status(204).end();
		},
	}),
];
