import { stdin } from 'node:process';
import pg from 'pg';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../../../../server/database/embedded/embedded-postgres.ts';

/**
 * Owns a cluster as the server does: `postgres-owner.ts DATA_FOLDER STATE_ROOT hold|write`. Tells
 * its parent `ready`, then (write) the number of every committed row. Ends cleanly when its input does.
 */
const [dataDir = '', stateRoot = '', task] = process.argv.slice(2);
const tell = (message: unknown) => process.send?.(message);

async function writeForEver(connection: pg.ClientConfig, writer: number): Promise<never> {
	const client = new pg.Client(connection);
	await client.connect();
	for (;;) {
		const { rows } = await client.query('insert into acked (writer) values ($1) returning id', [
			writer,
		]);
		tell({ id: Number(rows[0].id) });
	}
}

try {
	const logger = pino({ level: 'silent' });
	await using postgres = await startEmbeddedPostgres({ dataDir, stateRoot, logger });
	const client = new pg.Client(postgres.connection);
	await client.connect();
	await client.query('create table if not exists acked (id bigserial primary key, writer int)');
	await client.end();
	tell({ ready: postgres.connection });
	if (task === 'write') await Promise.all([1, 2].map((n) => writeForEver(postgres.connection, n)));
	for await (const _ of stdin);
} catch (error) {
	tell({ failed: String(error) });
	process.exitCode = 1;
} finally {
	if (process.connected) process.disconnect();
}
