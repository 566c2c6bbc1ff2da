import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DiskStore } from '../../server/storage/disk-store.ts';
import { killPostgres } from '../support/kill-postgres.ts';
import { type SpawnedServer, spawnServer } from '../support/spawn-server.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const TABLES = ['record', 'revision', 'asset', 'asset_file', 'asset_folder', 'medium', 'job'];
const PIECES = ['glazed-ridge-beast', 'bronze-bell', 'inkstone'];
const RINGS = 8;
const SECTORS = 12;

let folder: TemporaryFolder;
let project: string;

/** A vase as a scanner would give it, its own for every piece: `waist` shapes it. */
function aScan(waist: number): string {
	const lines: string[] = [];
	for (let ring = 0; ring <= RINGS; ring++) {
		const radius = 0.1 + 0.04 * Math.sin((ring / RINGS) * waist);
		for (let sector = 0; sector < SECTORS; sector++) {
			const angle = (sector / SECTORS) * 2 * Math.PI;
			const [x, z] = [radius * Math.cos(angle), radius * Math.sin(angle)];
			lines.push(`v ${x.toFixed(5)} ${((ring / RINGS) * 0.4).toFixed(5)} ${z.toFixed(5)}`);
		}
	}
	for (let ring = 0; ring < RINGS; ring++) {
		for (let sector = 0; sector < SECTORS; sector++) {
			const [a, b] = [ring * SECTORS + sector, ring * SECTORS + ((sector + 1) % SECTORS)];
			const corners = [a, a + SECTORS, b + SECTORS, b].map((index) => index + 1);
			lines.push(`f ${corners.join(' ')}`);
		}
	}
	return `${lines.join('\n')}\n`;
}

/** The whole program and the whole catalogue, with three scans small enough to digitise many times. */
async function copyProject(path: string): Promise<void> {
	await symlink(join(PROJECT, 'node_modules'), join(path, 'node_modules'));
	const parts = [
		'server',
		'scripts/digitize',
		'assets/schema',
		'assets/collection',
		'assets/locales',
		'package.json',
		'package-lock.json',
	];
	for (const part of parts) await cp(join(PROJECT, part), join(path, part), { recursive: true });
	await mkdir(join(path, 'assets/sources'));
	const scans = PIECES.map((artefact) => ({
		artefact,
		file: `${artefact}.obj`,
		unit: 'm',
		up: 'Y',
	}));
	await writeFile(join(path, 'assets/collection/scans.json'), JSON.stringify(scans));
	for (const [index, { file }] of scans.entries()) {
		await writeFile(join(path, 'assets/sources', file), aScan(4 + index));
	}
}

async function count(dataDir: string, sql: string): Promise<number> {
	const host = join(dataDir, 'postgres/run');
	const client = new pg.Client({ host, user: 'xishan', database: 'xishan' });
	client.on('error', () => {});
	await client.connect();
	try {
		return Number((await client.query(`select count(*) as n from ${sql}`)).rows[0].n);
	} finally {
		await client.end();
	}
}

/** Waits for a count; the tables may not be there yet. */
async function countReaches(server: SpawnedServer, sql: string, wanted: number): Promise<number> {
	for (;;) {
		const found = await count(server.dataDir, sql).catch(() => 0);
		if (found >= wanted) return found;
		if (server.process.exitCode !== null) throw new Error(`the server ended:\n${server.said()}`);
		await delay(50);
	}
}

/** All that is kept: rows of every table, and which objects. */
async function kept(dataDir: string) {
	const rows: Record<string, number> = {};
	for (const table of TABLES) rows[table] = await count(dataDir, table);
	const store = await DiskStore.open(join(dataDir, 'objects'), new Uint8Array(32));
	const objects: string[] = [];
	for await (const hash of store.list()) objects.push(hash);
	return { rows, objects };
}

const start = (name: string) =>
	spawnServer({
		project,
		dataDir: join(folder.path, name),
		env: { XISHAN_DEMO: 'yes', JOB_REFINE: 'no', LOG_LEVEL: 'warn' },
	});

beforeAll(async () => {
	folder = await temporaryFolder('crash');
	project = join(folder.path, 'project');
	await mkdir(project);
	await copyProject(project);
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('kill -9 during the first import', () => {
	test('the import finishes after it, nothing is doubled, nothing lost', {
		timeout: 600_000,
	}, async () => {
		const ready = "asset where status = 'ready'";
		await using clean = await start('clean');
		await countReaches(clean, ready, PIECES.length);
		const wanted = await kept(clean.dataDir);
		await clean.stop();
		expect(wanted.rows.asset).toBe(PIECES.length);
		expect(wanted.rows.record).toBeGreaterThan(50);
		expect(wanted.objects.length).toBeGreaterThan(PIECES.length * 3);

		// As soon as something is acknowledged; everything falls at once, PostgreSQL too.
		await using first = await start('killed');
		expect(await countReaches(first, 'asset', 1)).toBeGreaterThan(0);
		await killPostgres(join(first.dataDir, 'postgres/data'));
		await first.kill();

		// With one piece done and the next under way.
		await using second = await start('killed');
		const done = await countReaches(second, ready, 1);
		await countReaches(second, "job where status in ('queued', 'running')", 1);
		expect(done).toBeLessThan(PIECES.length);
		const acknowledged = await kept(second.dataDir);
		expect(acknowledged.objects.length).toBeGreaterThan(1);
		await second.kill();

		await using third = await start('killed');
		await countReaches(third, ready, PIECES.length);
		const found = await kept(third.dataDir);
		const end = await third.stop();
		expect(end.code).toBe(0);
		expect(found.rows).toEqual(wanted.rows);
		expect(found.objects).toEqual(wanted.objects);
		expect(acknowledged.objects.filter((hash) => !found.objects.includes(hash))).toEqual([]);
		expect(await readdir(join(third.dataDir, 'objects/tmp'))).toEqual([]);
		const log = await readFile(join(third.dataDir, 'postgres/postgres.log'), 'utf8');
		expect(log).toContain('automatic recovery in progress');
	});
});
