import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Config, readConfig } from '../config/config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import {
	findRunningPostgres,
	startEmbeddedPostgres,
} from '../database/embedded/embedded-postgres.ts';
import { StartError } from '../errors.ts';
import { verifyAudit } from './verify.ts';

const EXIT_FAULTS = 1;
const EXIT_FAILED = 2;

/** The site's own database: while it runs by its socket, else started for as long as this takes. */
async function openOwn(dataDir: string, undo: AsyncDisposableStack): Promise<Database> {
	const places = ['postgres', 'postgres.location'].map((name) => stat(join(dataDir, name)));
	// Looking must not make an empty database.
	if (!(await Promise.any(places).catch(() => null))) {
		throw new StartError(`audit: there is no database in ${dataDir} — say where with XISHAN_DATA`);
	}
	const running = await findRunningPostgres(dataDir);
	if (running) return undo.use(openDatabase(running));
	const logger = pino({ level: 'silent' });
	const { connection } = undo.use(await startEmbeddedPostgres({ dataDir, logger }));
	return undo.use(openDatabase(connection));
}

async function run({ databaseUrl, dataDir }: Config): Promise<void> {
	await using undo = new AsyncDisposableStack();
	const db =
		databaseUrl === undefined ? await openOwn(dataDir, undo) : undo.use(openDatabase(databaseUrl));
	const found = await db.pool.query(`select to_regclass('seal') is not null as "isThere"`);
	if (!found.rows[0].isThere) {
		throw new StartError('audit: this database has no register yet — start the site on it once');
	}
	const { rows, seals, unsealed, root, faults } = await verifyAudit(db);
	console.log(`audit: ${rows} rows, ${seals} seals, ${unsealed} not sealed yet`);
	console.log(`root:  ${root}`);
	for (const { kind, where } of faults) console.log(`${kind}: ${where}`);
	console.log(
		faults.length === 0 ? '登记完好 · the register is whole' : `${faults.length} 处有误 · faults`,
	);
	if (faults.length > 0) process.exitCode = EXIT_FAULTS;
}

try {
	await run(readConfig(process.env));
} catch (error) {
	console.error(error instanceof StartError ? error.message : error);
	process.exitCode = EXIT_FAILED;
}
