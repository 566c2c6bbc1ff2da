import { z } from 'zod';
import {
	approvalRequest,
	cancellationRequest,
	cutRequest,
	draftAnswer,
	draftRequest,
	publicationRequest,
	revisionAnswer,
	rollBackRequest,
	withdrawalRequest,
} from '#schema/record/life-acts';
import { accountOf } from '../../auth/principal.ts';
import { approve } from '../../catalogue/approve.ts';
import { cancelSchedule } from '../../catalogue/cancel-schedule.ts';
import { cutRevision } from '../../catalogue/cut-revision.ts';
import { publish } from '../../catalogue/publish.ts';
import { rollBack } from '../../catalogue/roll-back.ts';
import { saveDraft } from '../../catalogue/save-draft.ts';
import { submit } from '../../catalogue/submit.ts';
import { withdraw } from '../../catalogue/withdraw.ts';
import { ACT, holdsAll, LIFE, ownersOf, RECORD_PARAMS } from '../record-policy.ts';
import { type Route, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const PRIVATE = 'private, no-store';
/** Documents hold 2 MiB, and come with a few words. */
const DOCUMENT_BYTES_MAX = 2 * 2 ** 20 + 64 * 1024;
const DONE = { 204: { description: 'Done', isEmpty: true } } as const;
const REVISION = { 201: { description: 'The revision', schema: revisionAnswer } } as const;

const momentOf = (at: string | undefined) => (at === undefined ? {} : { at: new Date(at) });

/** A route that cuts a revision by `act`, of what is handed in. */
function cutting(
	act: typeof submit,
	face: { path: `/${string}`; id: string; summary: string },
): Route {
	return route({
		...ACT,
		...face,
		body: cutRequest,
		bodyBytesMax: DOCUMENT_BYTES_MAX,
		answers: REVISION,
		thing: ({ context, params, body }) => ownersOf(context.db.orm, params, body.document),
		may: (principal, paths) => holdsAll(principal, 'curator', paths),
		async handle({ context, principal, params, body, req, res }) {
			const { checked = [], sitting, ...words } = body;
			const cut = { ...params, ...words, checked, actor: accountOf(principal) };
			const whole = sitting === undefined ? cut : { ...cut, sitting };
			const revision = await context.db.orm.transaction((tx) => act(tx, whole));
			res.status(201);
			await sendJson(req, res, { revision }, PRIVATE);
		},
	});
}

/** Acts on the life of a record: who writes proposes, who is registrar lets the public see. */
export const recordLifeRoutes = [
	route({
		...LIFE,
		method: 'PUT',
		path: '/api/v1/{resource}/{id}/drafts/{sitting}',
		id: 'saveDraft',
		summary: 'Save what one editor has written so far; no revision is cut',
		thing: ({ context, params, body }) => ownersOf(context.db.orm, params, body.document),
		may: (principal, paths) => holdsAll(principal, 'curator', paths),
		params: RECORD_PARAMS.extend({ sitting: z.uuid() }),
		body: draftRequest,
		bodyBytesMax: DOCUMENT_BYTES_MAX,
		answers: { 200: { description: 'When it was saved', schema: draftAnswer } },
		async handle({ context, principal, params, body, req, res }) {
			const draft = { ...params, ...body, actor: accountOf(principal) };
			const savedAt = await context.db.orm.transaction((tx) => saveDraft(tx, draft));
			await sendJson(req, res, { savedAt: savedAt.toISOString() }, PRIVATE);
		},
	}),
	cutting(cutRevision, {
		path: '/api/v1/{resource}/{id}/revisions',
		id: 'cutRevision',
		summary: 'Cut a revision under a name; it may be incomplete',
	}),
	cutting(submit, {
		path: '/api/v1/{resource}/{id}/submission',
		id: 'submitRecord',
		summary: 'Hand a complete revision to a second person',
	}),
	route({
		...ACT,
		path: '/api/v1/{resource}/{id}/approval',
		id: 'approveRecord',
		summary: 'Approve the submitted revision of somebody else',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'registrar', paths),
		body: approvalRequest,
		answers: DONE,
		async handle({ context, principal, params, body, res }) {
			const approval = { ...params, ...body, actor: accountOf(principal) };
			await context.db.orm.transaction((tx) => approve(tx, approval));
			res.status(204).end();
		},
	}),
	route({
		...ACT,
		path: '/api/v1/{resource}/{id}/publication',
		id: 'publishRecord',
		summary: 'Show the approved revision to everyone, now or at a time, in the languages named',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'registrar', paths),
		body: publicationRequest,
		answers: DONE,
		async handle({ context, principal, params, body, res }) {
			const { at, ...wish } = body;
			const whole = { ...params, ...wish, ...momentOf(at), actor: accountOf(principal) };
			await context.db.orm.transaction((tx) => publish(tx, whole));
			res.status(204).end();
		},
	}),
	route({
		...ACT,
		path: '/api/v1/{resource}/{id}/withdrawal',
		id: 'withdrawRecord',
		summary: 'Take a record and its bytes from the public, now or at a time',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'registrar', paths),
		body: withdrawalRequest,
		answers: DONE,
		async handle({ context, principal, params, body, res }) {
			const { at, acceptsDangling = false, ...wish } = body;
			const actor = accountOf(principal);
			const whole = { ...params, ...wish, acceptsDangling, ...momentOf(at), actor };
			await context.db.orm.transaction((tx) => withdraw(tx, whole));
			res.status(204).end();
		},
	}),
	route({
		...ACT,
		path: '/api/v1/{resource}/{id}/cancellation',
		id: 'cancelSchedule',
		summary: 'Forget the time at which a record was to be published or withdrawn',
		body: cancellationRequest,
		answers: DONE,
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'registrar', paths),
		async handle({ context, principal, params, body, res }) {
			const wish = { ...params, ...body, actor: accountOf(principal) };
			await context.db.orm.transaction((tx) => cancelSchedule(tx, wish));
			res.status(204).end();
		},
	}),
	route({
		...ACT,
		path: '/api/v1/{resource}/{id}/rollback',
		id: 'rollBackRecord',
		summary: 'Publish again the words and the media of an earlier revision',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'registrar', paths),
		body: rollBackRequest,
		answers: REVISION,
		async handle({ context, principal, params, body, req, res }) {
			const wish = { ...params, ...body, actor: accountOf(principal) };
			const revision = await context.db.orm.transaction((tx) => rollBack(tx, wish));
			res.status(201);
			await sendJson(req, res, { revision }, PRIVATE);
		},
	}),
];
