import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { postmasterPid } from '../../server/database/embedded/left-over.ts';
import { processIdentity } from '../../server/database/embedded/process-identity.ts';
import { freePort } from '../support/free-port.ts';
import { findSystemPostgres, startSystemPostgres } from '../support/postgres.ts';
import { findS3Server } from '../support/s3-server.ts';
import { reportSkip } from '../support/skip.ts';
import { runServer, type ServerEnd, spawnServer } from '../support/spawn-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function expectOneSentence(end: ServerEnd, sentence: RegExp): void {
	expect(end.stderr).toMatch(sentence);
	expect(end.stderr.trim().split('\n')).toHaveLength(1);
	expect(end.stdout).toBe('');
	expect(end.code).toBe(1);
}

const FIRST = { email: 'first@museum.example', name: 'First', password: 'a password of ten' };

async function post(origin: string, path: string, body: object): Promise<Response> {
	const headers = { 'content-type': 'application/json' };
	return fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function statusOf(origin: string, path: string): Promise<number> {
	return (await fetch(origin + path)).status;
}

describe('starting and stopping', () => {
	test('starts on an empty folder, answers, stops at SIGTERM with nothing left, starts again', async () => {
		await using folder = await temporaryFolder('main');
		const dataDir = join(folder.path, 'data');
		const data = join(dataDir, 'postgres/data');
		for (const signal of ['SIGTERM', 'SIGINT'] as const) {
			await using server = await spawnServer({ dataDir });
			expect(await statusOf(server.origin, '/livez')).toBe(200);
			expect(await statusOf(server.origin, '/readyz')).toBe(200);
			expect(await statusOf(server.origin, '/')).toBe(200);
			expect(await statusOf(server.origin, '/api/v1/museums')).toBe(200);
			const postgres = Number(await postmasterPid(data));
			expect(await processIdentity(postgres)).not.toBeNull();

			const end = await server.stop(signal);
			expect([end.code, end.signal]).toEqual([0, null]);
			expect(end.stderr).toContain('"msg":"stopped"');
			expect(await processIdentity(postgres)).toBeNull();
			await expect(fetch(`${server.origin}/livez`)).rejects.toThrow();
		}
		const log = await readFile(join(dataDir, 'postgres/postgres.log'), 'utf8');
		expect(log.match(/database system was shut down/g)?.length).toBeGreaterThanOrEqual(2);
		expect(log).not.toContain('not properly shut down');
	});

	test('the first start prints how to become the administrator, once; a restart ends no session', async () => {
		await using folder = await temporaryFolder('first');
		const dataDir = join(folder.path, 'data');
		const first = await spawnServer({ dataDir });
		const link = /http:\S+\/welcome\?token=(\S+)/;
		await expect.poll(() => first.said()).toMatch(link);
		const [, token = ''] = link.exec(first.said()) ?? [];
		const made = await post(first.origin, '/api/v1/accounts/first', { ...FIRST, token });
		expect(made.status).toBe(201);
		const { email, password } = FIRST;
		const signedIn = await post(first.origin, '/api/auth/sign-in/email', { email, password });
		const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
		expect((await first.stop('SIGTERM')).stderr).not.toContain(token);

		await using again = await spawnServer({ dataDir });
		const me = await fetch(`${again.origin}/api/v1/me`, { headers: { cookie } });
		expect(await me.json()).toMatchObject({ kind: 'account', email });
		expect((await again.stop('SIGTERM')).stdout).not.toContain('/welcome');
	});

	test('a stop while it is still starting is heard, and no failure', async () => {
		await using folder = await temporaryFolder('early');
		const dataDir = join(folder.path, 'data');
		const starting = spawnServer({ dataDir });
		starting.catch(() => {});
		// The lock is taken just before the cluster is made.
		let holder: string | null = null;
		while (!holder) {
			holder = await readFile(join(dataDir, 'postgres.lock'), 'utf8').catch(() => null);
		}
		process.kill(JSON.parse(holder).pid, 'SIGTERM');
		await starting.catch(() => {});
		await using server = await spawnServer({ dataDir });
		expect(await statusOf(server.origin, '/readyz')).toBe(200);
	});

	test('settings alone move it to another PostgreSQL and to an S3 server', async () => {
		const [binDir, kind] = await Promise.all([findSystemPostgres(), findS3Server()]);
		if (!binDir) return reportSkip('DATABASE_URL: no system PostgreSQL (apt install postgresql)');
		if (!kind) return reportSkip('S3_ENDPOINT: no S3 server (install minio, Go or radosgw)');
		await using postgres = await startSystemPostgres(binDir);
		await using s3 = await kind.start();
		await using server = await spawnServer({
			env: {
				DATABASE_URL: postgres.connection.connectionString,
				S3_ENDPOINT: s3.endpoint,
				S3_BUCKET: 'museum',
				S3_ACCESS_KEY: s3.accessKey,
				S3_SECRET_KEY: s3.secretKey,
			},
		});
		expect(await statusOf(server.origin, '/readyz')).toBe(200);
		expect(await statusOf(server.origin, '/api/v1/museums')).toBe(200);
		const here = await readdir(server.dataDir);
		expect(here).not.toContain('postgres');
		expect(here).not.toContain('objects');
		expect((await server.stop()).code).toBe(0);
	});
});

describe('what stands in the way is one sentence and exit status 1', () => {
	test('a broken setting', async () => {
		const end = await runServer({ env: { PORT: 'eighty' } });
		expectOneSentence(end, /^settings: PORT is wrong/);
	});

	test('some S3 settings only', async () => {
		const end = await runServer({ env: { S3_BUCKET: 'b' } });
		expectOneSentence(end, /needs S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY/);
	});

	test('a busy port', async () => {
		const busy = createServer().listen(0, '127.0.0.1');
		await once(busy, 'listening');
		const { port } = busy.address() as { port: number };
		const end = await runServer({ env: { PORT: String(port) } });
		busy.close();
		expectOneSentence(end, new RegExp(`^start: port ${port} of 127.0.0.1 is in use`));
	});

	test('a data folder that cannot be written', async () => {
		await using folder = await temporaryFolder('unwritable');
		const dataDir = join(folder.path, 'file');
		await writeFile(dataDir, 'a file in its place');
		const end = await runServer({ dataDir });
		expectOneSentence(end, /^data folder: .* cannot be written \(a file stands in its place\)/);
	});

	test('a data folder another server uses', async () => {
		await using server = await spawnServer();
		const end = await runServer({ dataDir: server.dataDir });
		expectOneSentence(end, new RegExp(`is in use by process ${server.process.pid} —`));
		expect(await statusOf(server.origin, '/readyz')).toBe(200);
	});

	test('a database that does not answer, without its password', async () => {
		const DATABASE_URL = `postgresql://app:hidden-word@127.0.0.1:${await freePort()}/xishan`;
		const end = await runServer({ env: { DATABASE_URL } });
		expectOneSentence(end, /^database: DATABASE_URL \(127.0.0.1:\d+\/xishan\) cannot be used/);
		expect(end.stderr).not.toContain('hidden-word');
	});

	test('an object store that does not answer', async () => {
		const S3_ENDPOINT = `http://127.0.0.1:${await freePort()}`;
		const end = await runServer({
			env: { S3_ENDPOINT, S3_BUCKET: 'bucket', S3_ACCESS_KEY: 'k', S3_SECRET_KEY: 'hidden-word' },
		});
		expectOneSentence(end, /^object store: .*ECONNREFUSED/);
		expect(end.stderr).not.toContain('hidden-word');
	});

	test('a folder of pages without any', async () => {
		await using folder = await temporaryFolder('no-client');
		const end = await runServer({ clientDir: folder.path });
		expectOneSentence(end, /^settings: XISHAN_CLIENT .* has no index.html/);
	});
});

describe('the command line', () => {
	test('--help lists the settings and starts nothing', async () => {
		await using folder = await temporaryFolder('help');
		const dataDir = join(folder.path, 'data');
		const end = await runServer({ dataDir, args: ['--help'], env: { PORT: 'broken' } });
		expect([end.code, end.stderr]).toEqual([0, '']);
		expect(end.stdout).toMatch(/PORT .*\n += 8180/);
		await expect(readFile(dataDir)).rejects.toThrow('ENOENT');
	});

	test('an unknown flag is one sentence and exit status 2', async () => {
		const end = await runServer({ args: ['--prot', '80'] });
		expect(end.stderr).toMatch(/^start: Unknown option '--prot' — see npm start -- --help\n$/);
		expect([end.code, end.stdout]).toEqual([2, '']);
	});
});
