import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertFiles } from '../../../server/assets/asset-files.ts';
import { findFile, findObject } from '../../../server/assets/find-file.ts';
import { mayReadAsset } from '../../../server/assets/visible.ts';
import { isSubjectVisible } from '../../../server/assets/visible-jobs.ts';
import type { Database } from '../../../server/database/database.ts';
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

it('an asset that is not there is seen by nobody, and jobs about other things are not told', async () => {
	expect(await mayReadAsset(db.orm, 'b'.repeat(32), () => true)).toBeUndefined();
	for (const subject of ['house', 'record/artefacts/ridge-beast', 'asset/x']) {
		expect(await isSubjectVisible(db.orm, subject, () => true)).toBe(false);
	}
});
