import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { sealAudit } from '../../../server/audit/seal.ts';
import { verifyAudit } from '../../../server/audit/verify.ts';
import type { Database } from '../../../server/database/database.ts';
import { startEmbeddedPostgres } from '../../../server/database/embedded/embedded-postgres.ts';
import { openCatalogue } from '../../support/catalogue.ts';
import { killPostgres } from '../../support/kill-postgres.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const REGISTRAR = fileURLToPath(import.meta.resolve('./registrar.ts'));
const BATCH_SIZE = 50;
const ROUNDS = 2;

interface Told {
	kind: 'import' | 'publish' | 'withdraw' | 'roll-back';
	subject: string;
	revision: number;
}

/** Lets it work until every kind of act was acknowledged a few times, then kills everything at once. */
async function killInTheMiddle(dataDir: string, told: Told[]): Promise<void> {
	const child = fork(REGISTRAR, [dataDir], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
	let said = '';
	child.stderr?.on('data', (text) => {
		said += text;
	});
	const wanted = new Map(
		Object.entries({ import: 3 * BATCH_SIZE, publish: 10, withdraw: 4, 'roll-back': 4 }),
	);
	const worked = Promise.withResolvers<void>();
	child.on('message', (act: Told) => {
		told.push(act);
		const left = (wanted.get(act.kind) ?? 0) - 1;
		if (left > 0) wanted.set(act.kind, left);
		else wanted.delete(act.kind);
		if (wanted.size === 0) worked.resolve();
	});
	const ended = once(child, 'exit');
	void ended.then(() => worked.reject(new Error(`the registrar ended:\n${said}`)));
	await worked.promise;
	await killPostgres(join(dataDir, 'postgres/data'));
	child.kill('SIGKILL');
	await ended;
}

async function count(db: Database, query: string): Promise<number> {
	const { rows } = await db.pool.query<{ n: number }>(`select count(*)::int as n from ${query}`);
	return rows[0]?.n ?? -1;
}

it('kill -9 amid imports, publications and withdrawals loses nothing acknowledged and leaves nothing half', async () => {
	await using folder = await temporaryFolder('life-killed');
	const told: Told[] = [];
	for (let round = 0; round < ROUNDS; round++) await killInTheMiddle(folder.path, told);
	const logger = pino({ level: 'silent' });
	await using postgres = await startEmbeddedPostgres({ dataDir: folder.path, logger });
	await using db = await openCatalogue(postgres);

	const acts = await db.pool.query<{ subject: string; action: string; revision: number }>(
		`select subject, action, coalesce(detail->>'published', detail->>'revision')::int as revision from audit`,
	);
	const written = new Set(acts.rows.map((row) => `${row.action} ${row.subject} ${row.revision}`));
	const actionOf = { import: 'publish', publish: 'publish', 'roll-back': 'roll-back' } as const;
	const lost = told.filter(({ kind, subject, revision }) => {
		const name = `record/${subject} `;
		if (kind !== 'withdraw') return !written.has(`record.${actionOf[kind]} ${name}${revision}`);
		return !acts.rows.some((row) => row.action === 'record.withdraw' && `${row.subject} ` === name);
	});
	expect(lost).toEqual([]);
	expect(new Set(told.map(({ kind }) => kind)).size).toBe(4);

	// Every act has its revision and every revision its act; batches are whole; nothing names what is not there.
	const half = `revision v where not exists (select from audit a
		where a.subject = 'record/' || v.resource || '/' || v.record_id
		and coalesce(a.detail->>'published', a.detail->>'revision')::int = v.number)`;
	expect(await count(db, half)).toBe(0);
	const bodiless = `audit a where detail ? 'published' and not exists (select from revision v
		where a.subject = 'record/' || v.resource || '/' || v.record_id
		and (a.detail->>'published')::int = v.number)`;
	expect(await count(db, bodiless)).toBe(0);
	expect((await count(db, `record where id like 'piece-%'`)) % BATCH_SIZE).toBe(0);
	const dangling = `reference f join record t on t.resource = f.to_resource and t.id = f.to_id
		where t.published_revision is null`;
	expect(await count(db, dangling)).toBe(0);
	const unlinked = `record r where r.resource = 'artefacts' and published_revision is not null
		and not exists (select from reference f where f.record_id = r.id and f.path = 'museum')`;
	expect(await count(db, unlinked)).toBe(0);
	await sealAudit(db);
	expect((await verifyAudit(db)).faults).toEqual([]);
});
