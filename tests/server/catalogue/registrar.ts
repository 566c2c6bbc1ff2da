import { pino } from 'pino';
import { importRecords } from '../../../server/catalogue/import-records.ts';
import type { Publication } from '../../../server/catalogue/publish-records.ts';
import { readLife } from '../../../server/catalogue/read-history.ts';
import type { RecordName } from '../../../server/catalogue/record-name.ts';
import { rollBack } from '../../../server/catalogue/roll-back.ts';
import { withdraw } from '../../../server/catalogue/withdraw.ts';
import { startEmbeddedPostgres } from '../../../server/database/embedded/embedded-postgres.ts';
import { ConflictError, InvalidError } from '../../../server/errors.ts';
import { startBackgroundWork } from '../../../server/start/background-work.ts';
import { openCatalogue, publish } from '../../support/catalogue.ts';
import { publishByHand, renamed, withdrawal } from '../../support/life.ts';
import { manyArtefacts, manyMuseums } from '../../support/many-artefacts.ts';
import { aMuseum, anArtefact } from '../../support/records.ts';

/**
 * Imports, publishes and withdraws on the data folder it is given, for ever and all at once, and tells
 * its parent of everything that was acknowledged.
 */
const logger = pino({ level: 'silent' });
const postgres = await startEmbeddedPostgres({ dataDir: String(process.argv[2]), logger });
const db = await openCatalogue(postgres);
startBackgroundWork({ db, logger });

const BATCH_SIZE = 50;
const AWAY = { resource: 'museums', id: 'away' } as const;
const NEEDS = { resource: 'artefacts', id: 'needs-away' } as const;

function tell(kind: string, subject: string, revision: number): void {
	process.send?.({ kind, subject, revision });
}

/** Asked for the next record, the batch before is in. */
function* told(source: Iterable<Publication>): Generator<Publication> {
	let batch: Publication[] = [];
	for (const publication of source) {
		yield publication;
		batch.push(publication);
		if (batch.length < BATCH_SIZE) continue;
		for (const { resource, document } of batch) tell('import', `${resource}/${document.id}`, 1);
		batch = [];
	}
}

async function importForEver(): Promise<void> {
	const options = { author: 'import', note: '', batchSize: BATCH_SIZE };
	await importRecords(db, manyMuseums(), options);
	await importRecords(db, told(manyArtefacts(1_000_000)), options);
}

async function publishForEver(): Promise<never> {
	for (let n = 0; ; n++) {
		tell('publish', 'museums/river-museum', await publishByHand(db, renamed(`第${n}次`)));
	}
}

/** Does it where it is possible just now: the other one may be in the way. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof ConflictError || error instanceof InvalidError)) throw error;
	}
}

function withdrawOnce(name: RecordName): Promise<void> {
	return attempt(async () => {
		const { newest } = await readLife(db.orm, name);
		await db.orm.transaction((tx) => withdraw(tx, withdrawal(newest, name)));
		tell('withdraw', `${name.resource}/${name.id}`, newest);
	});
}

/** One record goes away and comes back, another needs it now and then. */
async function comeAndGo(name: RecordName): Promise<never> {
	for (;;) {
		await withdrawOnce(name);
		await attempt(async () => {
			const { newest: base } = await readLife(db.orm, name);
			const wish = { ...name, actor: 'registrar', base, to: 1, note: '' };
			const revision = await db.orm.transaction((tx) => rollBack(tx, wish));
			tell('roll-back', `${name.resource}/${name.id}`, revision);
		});
	}
}

await publish(db, [
	{ resource: 'museums', document: aMuseum() },
	{ resource: 'museums', document: aMuseum({ id: AWAY.id }) },
	{ resource: 'artefacts', document: anArtefact({ id: NEEDS.id, museum: AWAY.id }) },
]).catch(() => {});
await Promise.all([importForEver(), publishForEver(), comeAndGo(AWAY), comeAndGo(NEEDS)]);
