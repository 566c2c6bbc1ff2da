import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealAudit } from '../../../server/audit/seal.ts';
import { writeAudit } from '../../../server/audit/write-audit.ts';
import { openDatabase } from '../../../server/database/database.ts';
import { startEmbeddedPostgres } from '../../../server/database/embedded/embedded-postgres.ts';
import { migrate } from '../../../server/database/migrate.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';

const COMMAND = resolve(import.meta.dirname, '../../../server/audit/verify-command.ts');
let folder: TemporaryFolder;

beforeAll(async () => {
	folder = await temporaryFolder('audit');
});
afterAll(() => folder?.[Symbol.asyncDispose]());

function verify(env: Record<string, string>): Promise<{ code: number; said: string }> {
	return new Promise((done) => {
		const child = execFile(process.execPath, [COMMAND], { env }, (_, stdout, stderr) => {
			done({ code: child.exitCode ?? -1, said: stdout + stderr });
		});
	});
}

it('says whether the register is whole, while the site runs, when it does not, and by address', async () => {
	const env = { XISHAN_DATA: folder.path };
	{
		const logger = pino({ level: 'silent' });
		await using postgres = await startEmbeddedPostgres({ dataDir: folder.path, logger });
		await using db = openDatabase(postgres.connection);
		await migrate(db);
		const act = { actor: 'a', action: 'b', subject: 'c', detail: {} };
		await db.orm.transaction((tx) => writeAudit(tx, act));
		await sealAudit(db);
		const { code, said } = await verify(env);
		expect(said).toContain('1 rows, 1 seals, 0 not sealed yet');
		expect(said).toMatch(/^root: {2}[0-9a-f]{64}$/m);
		expect(code).toBe(0);
		await db.pool.query(`alter table audit disable trigger user; update audit set actor = 'x'`);
		const { host, user, database } = postgres.connection;
		const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
		expect(await verify({ DATABASE_URL: url })).toMatchObject({ code: 1 });
	}
	const { code, said } = await verify(env);
	expect(said).toContain('changed-row: row 1 (b of c) is not what was written');
	expect(code).toBe(1);
});

it('says in one sentence that there is nothing to check', async () => {
	await using empty = await temporaryFolder('audit-empty');
	const { code, said } = await verify({ XISHAN_DATA: empty.path });
	expect(said).toMatch(/^audit: there is no database in .* — say where with XISHAN_DATA\n$/);
	expect(code).toBe(2);
	expect(await readdir(empty.path)).toEqual([]);
});
