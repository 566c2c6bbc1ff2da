import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertFiles } from '../../../server/assets/asset-files.ts';
import { findFile, findObject } from '../../../server/assets/find-file.ts';
import { mayReadAsset } from '../../../server/assets/visible.ts';
import { isSubjectVisible, jobsSeenBy } from '../../../server/assets/visible-jobs.ts';
import type { Database } from '../../../server/database/database.ts';
import { job as jobTable } from '../../../server/database/schema/jobs.ts';
import { listJobs } from '../../../server/jobs/job-record.ts';
import { giveAsset } from '../../support/assets.ts';
import { openCatalogue, publish } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';

const ASSET = 'a'.repeat(32);
const HASH = 'c'.repeat(64);

let postgres: TestPostgres;
let db: Database;

beforeAll(async () => {
	postgres = await startEmbedded();
	db = await openCatalogue(postgres);
	await publish(db, [
		{ resource: 'museums', document: aMuseum() },
		{ resource: 'artefacts', document: anArtefact() },
	]);
	const job = '00000000-0000-4000-8000-000000000000';
	await giveAsset(db, 'ridge-beast', { id: ASSET, job, status: 'ready', owner: 'hill-museum' });
	const file = { sha256: HASH, bytes: 1, isPublic: true };
	await db.orm.transaction((tx) =>
		insertFiles(tx, ASSET, [
			{ ...file, name: 'low.glb' },
			{ ...file, name: 'tiles/0.glb' },
		]),
	);
	await db.pool.query(
		`update record set owner = 'river-museum', published_revision = null where id = 'ridge-beast'`,
	);
	await publish(db, [{ resource: 'artefacts', document: anArtefact({ id: 'shown' }) }]);
	await giveAsset(db, 'shown', { id: 'b'.repeat(32), job: randomUUID(), status: 'ready' });
	for (const subject of ['record/artefacts/ridge-beast', 'house']) {
		await db.orm.insert(jobTable).values({ id: randomUUID(), subject, status: 'done' });
	}
});
afterAll(async () => {
	await db?.[Symbol.asyncDispose]();
	await postgres?.[Symbol.asyncDispose]();
});

it.each([
	['nobody in particular', undefined, undefined],
	['someone of the museum that handed it in', 'hill-museum', 'some'],
	['someone of the museum whose record links it', 'river-museum', 'some'],
	['someone of another museum', 'other-museum', undefined],
])('what is not published is seen by %s as it should be', async (_, node, audience) => {
	const maySee = node === undefined ? undefined : (owner: string) => owner === node;
	expect(await mayReadAsset(db.orm, ASSET, maySee)).toBe(audience);
	expect((await findFile(db, ASSET, 'low.glb', maySee))?.audience).toBe(audience);
	expect((await findFile(db, ASSET, 'tiles/0.glb', maySee))?.audience).toBe(audience);
	expect((await findObject(db, HASH, 'low.glb', maySee))?.audience).toBe(audience);
	const isTold = await isSubjectVisible(db.orm, `asset/${ASSET}`, maySee);
	expect(isTold).toBe(audience !== undefined);
});

it('an asset that is not there is seen by nobody', async () => {
	expect(await mayReadAsset(db.orm, 'c'.repeat(32), () => true)).toBeUndefined();
});

it.each([
	[undefined, [1]],
	[['river-museum'], [1, 2, 3]],
	[['hill-museum'], [1, 2]],
	[['other-museum'], [1]],
	[['cluster'], [1, 2, 3, 4]],
])('who sees %j is told of jobs %j', async (nodes, told) => {
	const subjects = [
		`asset/${'b'.repeat(32)}`,
		`asset/${ASSET}`,
		'record/artefacts/ridge-beast',
		'house',
	];
	const maySee = nodes && ((owner: string) => nodes.includes(owner) || nodes.includes('cluster'));
	const visible = await Promise.all(
		subjects.map((subject) => isSubjectVisible(db.orm, subject, maySee)),
	);
	expect(visible.flatMap((is, i) => (is ? [i + 1] : []))).toEqual(told);
	const { jobs } = await listJobs(db.orm, 9, undefined, jobsSeenBy(nodes ?? []));
	const listed = jobs.map(({ subject }) => subjects.indexOf(subject) + 1);
	expect(listed.toSorted()).toEqual(told);
});

it('a medium in a language that is written and not published is seen by nobody, nor what accompanies it', async () => {
	const [told, subtitles, foreign] = ['d', 'e', 'f'].map((sign) => sign.repeat(32));
	const status = 'ready' as const;
	for (const id of [told, subtitles, foreign]) {
		if (id !== undefined) await giveAsset(db, 'nothing', { id, job: randomUUID(), status });
	}
	const medium = (id: string, asset: string | undefined, more: object) => ({
		...{ id, role: 'narration' as const, asset: asset ?? 'latest', isDecorative: false },
		...more,
	});
	const media = [
		medium('told', told, { language: 'en' }),
		medium('subtitles', subtitles, { language: 'zh-CN', accompanies: 'told' }),
		medium('foreign', foreign, { language: 'mnc' }),
	];
	const document = anArtefact({ id: 'spoken', media });
	await publish(db, [{ resource: 'artefacts', document }]);
	const seen = () =>
		Promise.all([told, subtitles, foreign].map((id) => mayReadAsset(db.orm, id ?? '')));
	const publishedIn = (languages: string[]) =>
		db.pool.query(`update record set languages = $1 where id = 'spoken'`, [languages]);
	await publishedIn(['zh-CN']);
	expect(await seen()).toEqual([undefined, undefined, 'everyone']);
	await publishedIn(['zh-CN', 'en']);
	expect(await seen()).toEqual(['everyone', 'everyone', 'everyone']);
});
