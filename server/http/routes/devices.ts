import { z } from 'zod';
import {
	device,
	nodeId,
	pairing,
	pairingApproval,
	pairingRequest,
	pairingResult,
} from '#schema/account/device';
import { listDevices, readDevice, revokeDevice } from '../../auth/devices.ts';
import { below, CLUSTER, pathOf } from '../../auth/nodes.ts';
import { approvePairing, beginPairing, collectToken } from '../../auth/pairing.ts';
import { holds } from '../../auth/policy.ts';
import { accountOf } from '../../auth/principal.ts';
import { originOf } from '../own-origin.ts';
import { NO_PARAMS, NO_QUERY, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const PRIVATE = 'private, no-store';
const FACE = { tag: 'devices', query: NO_QUERY } as const;

export const deviceRoutes = [
	route({
		...FACE,
		method: 'GET',
		path: '/api/v1/devices',
		id: 'listDevices',
		summary: 'Paired devices at a node and below it, revoked ones, too',
		auth: 'account',
		thing: ({ context, query }) => pathOf(context.db.orm, query.node),
		may: (principal, path) => holds(principal, 'curator', path),
		limit: 'api',
		params: NO_PARAMS,
		query: z.strictObject({ node: nodeId.default(CLUSTER) }),
		answers: { 200: { description: 'The devices', schema: z.object({ items: z.array(device) }) } },
		problems: [],
		async handle({ context, query, req, res }) {
			const { orm } = context.db;
			await sendJson(req, res, { items: await listDevices(orm, await below(orm, query.node)) });
		},
	}),
	route({
		...FACE,
		method: 'DELETE',
		path: '/api/v1/devices/{id}',
		id: 'revokeDevice',
		summary: 'Revoke a device; its next request is a stranger’s',
		auth: 'account',
		async thing({ context, params }) {
			const { node } = await readDevice(context.db.orm, params.id);
			return pathOf(context.db.orm, node);
		},
		may: (principal, path) => holds(principal, 'curator', path),
		limit: 'api',
		params: z.object({ id: z.uuid() }),
		answers: { 204: { description: 'Done', isEmpty: true } },
		problems: ['not-found'],
		async handle({ context, principal, params, res }) {
			const by = accountOf(principal);
			await context.db.orm.transaction((tx) => revokeDevice(tx, params.id, by));
			res.status(204).end();
		},
	}),
	route({
		...FACE,
		method: 'POST',
		path: '/api/v1/devices/pairings',
		id: 'beginPairing',
		summary: 'Begin to pair a device: a code for its screen, and a secret to poll with',
		auth: 'public',
		limit: 'auth',
		params: NO_PARAMS,
		body: pairingRequest,
		answers: { 201: { description: 'The code, for ten minutes', schema: pairing } },
		problems: [],
		async handle({ context, body, req, res }) {
			const { code, poll, expiresAt } = await beginPairing(context.db.orm, body);
			const approveUrl = `${originOf(context, req) ?? ''}/pair?code=${code}`;
			res.status(201);
			const answer = { code, poll, expiresAt: expiresAt.toISOString(), approveUrl };
			await sendJson(req, res, answer, PRIVATE);
		},
	}),
	route({
		...FACE,
		method: 'POST',
		path: '/api/v1/devices/pairings/{code}/approval',
		id: 'approvePairing',
		summary: 'Let the device that shows this code in, at a node',
		auth: 'account',
		thing: ({ context, body }) => pathOf(context.db.orm, body.node),
		may: (principal, path) => holds(principal, 'curator', path),
		limit: 'auth',
		params: z.object({ code: z.string().max(20) }),
		body: pairingApproval,
		answers: {
			201: { description: 'The device', schema: z.object({ id: z.uuid() }) },
		},
		problems: ['not-found'],
		async handle({ context, principal, params, body, req, res }) {
			const given = { ...body, approvedBy: accountOf(principal) };
			const { orm } = context.db;
			const approved = await orm.transaction((tx) => approvePairing(tx, params.code, given));
			res.status(201);
			await sendJson(req, res, approved);
		},
	}),
	route({
		...FACE,
		method: 'POST',
		path: '/api/v1/devices/pairings/token',
		id: 'collectToken',
		summary: 'Ask whether somebody approved the device; the token is given once',
		auth: 'public',
		// Asked every few seconds by each device of a house, with a secret nobody guesses.
		limit: 'api',
		params: NO_PARAMS,
		body: z.strictObject({ poll: z.string().max(200) }),
		answers: { 200: { description: 'Wait on, or the token', schema: pairingResult } },
		problems: ['not-found'],
		async handle({ context, body, req, res }) {
			await sendJson(req, res, await collectToken(context.db.orm, body.poll), PRIVATE);
		},
	}),
];
