import { z } from 'zod';
import { artefactWithAsset } from '#schema/artefact/artefact';
import { pageOf } from '#schema/record/page';
import { pageQuery } from '#schema/record/page-query';
import { RECORD_SCHEMAS } from '#schema/record/record';
import type { Resource } from '#schema/record/resources';
import { SUMMARY_SCHEMAS } from '#schema/record/summary';
import { recordId } from '#schema/value/id';
import { listRecords } from '../../catalogue/list-records.ts';
import { readRecord } from '../../catalogue/published-records.ts';
import { readRecords, readSummaries } from '../../catalogue/read-records.ts';
import { NO_QUERY, type Route, route } from '../route.ts';
import { sendJson } from '../send-json.ts';

/** The singular of each resource, as operation names say it. */
const ONE: Record<Resource, string> = {
	museums: 'Museum',
	artefacts: 'Artefact',
	traditions: 'Tradition',
	libraries: 'Library',
	places: 'Place',
	exhibits: 'Exhibit',
	tours: 'Tour',
	articles: 'Article',
	stories: 'Story',
};

/** The two routes every resource of the catalogue has: its list and one record of it. */
export function recordRoutes(resource: Resource): Route[] {
	const one = ONE[resource];
	const schema: z.ZodType = resource === 'artefacts' ? artefactWithAsset : RECORD_SCHEMAS[resource];
	const path = `/api/v1/${resource}` as const;
	return [
		route({
			method: 'GET',
			path,
			id: `list${one}s`.replace('ys', 'ies'),
			summary: `A page of ${resource}, in curated order; with q, the best matches first; with ids, those, whole`,
			tag: resource,
			auth: 'public',
			limit: 'api',
			params: z.object({}),
			query: pageQuery,
			answers: {
				200: {
					description: 'The page',
					schema: pageOf(z.union([schema, SUMMARY_SCHEMAS[resource]])),
				},
				304: { description: 'The page you have', isEmpty: true },
			},
			problems: ['newer-format'],
			async handle({ context, query, req, res }) {
				const { orm } = context.db;
				const { ids, view } = query;
				if (ids === undefined) await sendJson(req, res, await listRecords(orm, resource, query));
				else {
					const read = view === 'summary' ? readSummaries : readRecords;
					await sendJson(req, res, { items: await read(orm, resource, ids) });
				}
			},
		}),
		route({
			method: 'GET',
			path: `${path}/{id}`,
			id: `get${one}`,
			summary: `One of the ${resource}`,
			tag: resource,
			auth: 'public',
			limit: 'api',
			params: z.object({ id: recordId }),
			query: NO_QUERY,
			answers: {
				200: { description: 'The record', schema },
				304: { description: 'The record you have', isEmpty: true },
			},
			problems: ['not-found', 'newer-format'],
			async handle({ context, params, req, res }) {
				await sendJson(req, res, await readRecord(context.db.orm, resource, params.id));
			},
		}),
	];
}
