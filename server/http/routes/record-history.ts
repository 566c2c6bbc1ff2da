import { z } from 'zod';
import { difference, recordLife, wholeRevision } from '#schema/record/life-acts';
import {
	diffRevisions,
	readDraft,
	readDrafts,
	readHistory,
	readLife,
	readRevision,
} from '../../catalogue/read-history.ts';
import { holdsAll, LIFE, ownersOf, RECORD_PARAMS } from '../record-policy.ts';
import { route } from '../route.ts';
import { sendJson } from '../send-json.ts';

const PRIVATE = 'private, no-store';
const READ = { ...LIFE, method: 'GET', problems: ['not-found'] } as const;
const revisionParam = z.coerce.number().int().positive();

/** What only people of the house read: where a record stands, what it said and what is being written. */
export const recordHistoryRoutes = [
	route({
		...READ,
		path: '/api/v1/{resource}/{id}/life',
		id: 'getRecordLife',
		summary: 'Where a record stands, its revisions and the drafts on it',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'docent', paths),
		query: z.strictObject({ before: z.coerce.number().int().positive().optional() }),
		answers: { 200: { description: 'Its life, 50 revisions at most', schema: recordLife } },
		async handle({ context, params, query, req, res }) {
			const { orm } = context.db;
			const [life, revisions, drafts] = await Promise.all([
				readLife(orm, params),
				readHistory(orm, params, query.before === undefined ? {} : { before: query.before }),
				readDrafts(orm, params),
			]);
			await sendJson(req, res, { ...params, ...life, revisions, drafts }, PRIVATE);
		},
	}),
	route({
		...READ,
		path: '/api/v1/{resource}/{id}/revisions/{number}',
		id: 'getRevision',
		summary: 'One revision, whole, as it was written',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'docent', paths),
		params: RECORD_PARAMS.extend({ number: revisionParam }),
		answers: { 200: { description: 'The revision', schema: wholeRevision } },
		async handle({ context, params, req, res }) {
			const found = await readRevision(context.db.orm, params, params.number);
			const { resource: _, recordId: __, ...revision } = found;
			await sendJson(req, res, revision, PRIVATE);
		},
	}),
	route({
		...READ,
		path: '/api/v1/{resource}/{id}/drafts/{sitting}',
		id: 'getDraft',
		summary: 'What one editor has written so far in one sitting',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'curator', paths),
		params: RECORD_PARAMS.extend({ sitting: z.uuid() }),
		answers: {
			200: {
				description: 'The draft',
				schema: z.object({
					sitting: z.uuid(),
					author: z.string(),
					base: z.int().nonnegative(),
					document: z.looseObject({}),
					updatedAt: z.iso.datetime(),
				}),
			},
		},
		async handle({ context, params, req, res }) {
			const found = await readDraft(context.db.orm, params, params.sitting);
			const { resource: _, recordId: __, ...draft } = found;
			await sendJson(req, res, draft, PRIVATE);
		},
	}),
	route({
		...READ,
		path: '/api/v1/{resource}/{id}/diff',
		id: 'diffRevisions',
		summary: 'Where two revisions differ, by field',
		thing: ({ context, params }) => ownersOf(context.db.orm, params),
		may: (principal, paths) => holdsAll(principal, 'docent', paths),
		query: z.strictObject({
			from: z.union([z.literal('published'), revisionParam]).default('published'),
			to: revisionParam,
		}),
		answers: {
			200: { description: 'The differences', schema: z.object({ items: z.array(difference) }) },
		},
		async handle({ context, params, query, req, res }) {
			const items = await diffRevisions(context.db.orm, params, query.from, query.to);
			await sendJson(req, res, { items }, PRIVATE);
		},
	}),
];
