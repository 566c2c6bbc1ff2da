import { afterAll, beforeAll, expect, it } from 'vitest';
import { modelSummaries } from '../../../server/assets/model-summaries.ts';
import type { Database } from '../../../server/database/database.ts';
import { aManifest, atSite, giveAsset } from '../../support/assets.ts';
import { aSmallCluster, openCatalogue, publish } from '../../support/catalogue.ts';
import { startEmbedded, type TestPostgres } from '../../support/postgres.ts';
import { anArtefact } from '../../support/records.ts';

const STATES = ['ready', 'running', 'failed'] as const;
const ids = STATES.map((_, i) => String(i).repeat(32));
const jobs = STATES.map((_, i) => `00000000-0000-4000-8000-00000000000${i}`);

let postgres: TestPostgres;
let db: Database;

beforeAll(async () => {
	postgres = await startEmbedded();
	db = await openCatalogue(postgres);
	const pieces = ['no-scan', ...STATES].map((id) => ({
		resource: 'artefacts' as const,
		document: anArtefact({ id }),
	}));
	await publish(db, [...aSmallCluster(), ...pieces]);
	const manifest = aManifest();
	const cards = [{ file: 'poster.webp', widthPx: 4, heightPx: 4 }];
	for (const [i, status] of STATES.entries()) {
		const made = status === 'ready' ? { manifest: { ...manifest, cards } } : {};
		await giveAsset(db, status, { id: ids[i] ?? '', job: jobs[i] ?? '', status, ...made });
	}
});
afterAll(async () => {
	await db?.[Symbol.asyncDispose]();
	await postgres?.[Symbol.asyncDispose]();
});

it('of a list of pieces the pictures come under their addresses, and how each asset stands', async () => {
	const found = await modelSummaries(db.orm, ['no-scan', ...STATES]);
	const file = atSite('poster.webp');
	expect(Object.fromEntries(found)).toEqual({
		ready: {
			poster: { file, widthPx: 8, heightPx: 8, cards: [{ file, widthPx: 4, heightPx: 4 }] },
			asset: { id: ids[0], status: 'ready', progress: 1, job: jobs[0] },
		},
		running: {
			poster: null,
			asset: { id: ids[1], status: 'running', progress: 0.5, job: jobs[1] },
		},
		failed: {
			poster: null,
			asset: { id: ids[2], status: 'failed', progress: 0.5, job: jobs[2] },
		},
	});
});
