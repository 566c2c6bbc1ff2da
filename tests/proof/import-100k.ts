/**
 * Proof that a large import is cheap, linear and in nobody's way: imports artefacts into an empty
 * catalogue while the site's background work runs and somebody else publishes another record again and
 * again, and prints what it cost. CPU seconds are those of this process, making up the artefacts
 * included, and of PostgreSQL with all its children. Linux only.
 *
 *     npm run proof:import -- 10000 100000
 */
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { importRecords } from '../../server/catalogue/import-records.ts';
import type { Publication } from '../../server/catalogue/publish-records.ts';
import type { Database } from '../../server/database/database.ts';
import { startBackgroundWork } from '../../server/start/background-work.ts';
import { openCatalogue, publish } from '../support/catalogue.ts';
import { ownCpuS, postgresCpuS } from '../support/cpu-seconds.ts';
import { manyArtefacts, manyMuseums } from '../support/many-artefacts.ts';
import { startEmbedded } from '../support/postgres.ts';
import { aMuseum } from '../support/records.ts';

const LIMIT_S = 150;
const LIMIT_AT = 100_000;
const PUBLISH_EVERY_MS = 250;
const IMPORT = { author: 'proof', note: 'proof' };

/** Publishes a record anew until told to stop; gives how often, and the longest wait. */
async function publishMeanwhile(db: Database, signal: AbortSignal) {
	let count = 0;
	let longestMs = 0;
	while (!signal.aborted) {
		const startMs = performance.now();
		const document = aMuseum({ id: 'meanwhile', name: { 'zh-CN': `第${count}次` } });
		await publish(db, [{ resource: 'museums', document }]);
		longestMs = Math.max(longestMs, performance.now() - startMs);
		count += 1;
		await delay(PUBLISH_EVERY_MS, undefined, { signal }).catch(() => {});
	}
	return { count, longestMs };
}

/** Passes artefacts on; notes the memory of this process at the end of each tenth. */
function* watched(count: number, rssMB: number[]): Generator<Publication> {
	let seen = 0;
	for (const publication of manyArtefacts(count)) {
		yield publication;
		seen += 1;
		if (seen % (count / 10) === 0) rssMB.push(Math.round(process.memoryUsage().rss / 2 ** 20));
	}
}

async function unsealed(db: Database): Promise<number> {
	const { rows } = await db.pool.query<{ n: number }>(
		'select count(*)::int as n from audit where seal is null',
	);
	return rows[0]?.n ?? 0;
}

async function measure(count: number): Promise<number> {
	await using postgres = await startEmbedded();
	await using db = await openCatalogue(postgres);
	await importRecords(db, manyMuseums(), IMPORT);
	const before = { ownS: ownCpuS(), postgresS: await postgresCpuS(db), ms: performance.now() };
	const rssMB: number[] = [];
	const stopping = new AbortController();
	let meanwhile: Awaited<ReturnType<typeof publishMeanwhile>>;
	{
		await using _ = startBackgroundWork({ db, logger: pino({ level: 'warn' }) });
		const publishing = publishMeanwhile(db, stopping.signal);
		await importRecords(db, watched(count, rssMB), IMPORT);
		stopping.abort();
		meanwhile = await publishing;
		// What sealing still owes is part of the cost.
		while ((await unsealed(db)) > 0) await delay(100);
	}
	const ownS = ownCpuS() - before.ownS;
	const postgresS = (await postgresCpuS(db)) - before.postgresS;
	const wallS = (performance.now() - before.ms) / 1000;
	const { rows } = await db.pool.query<{ n: number }>(
		`select count(*)::int as n from record where resource = 'artefacts' and published_revision = 1`,
	);
	if (rows[0]?.n !== count) throw new Error(`${rows[0]?.n} of ${count} artefacts are in`);
	const cpuS = ownS + postgresS;
	console.log(`${count} artefacts: ${cpuS.toFixed(1)} CPU-seconds`);
	console.log(
		`  server ${ownS.toFixed(1)}, PostgreSQL ${postgresS.toFixed(1)}; ${wallS.toFixed(1)} s`,
	);
	console.log(`  ${((cpuS / count) * 1000).toFixed(3)} CPU-ms each`);
	console.log(`  memory of the server at each tenth, MiB: ${rssMB.join(' ')}`);
	console.log(
		`  meanwhile published ${meanwhile.count} times, longest ${meanwhile.longestMs.toFixed(0)} ms`,
	);
	return cpuS;
}

const counts = process.argv.slice(2).map(Number);
for (const count of counts.length > 0 ? counts : [10_000, LIMIT_AT]) {
	const cpuS = await measure(count);
	if (count === LIMIT_AT && cpuS > LIMIT_S) process.exitCode = 1;
}
