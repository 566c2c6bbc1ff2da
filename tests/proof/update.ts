/**
 * Proof that an update loses nothing: an earlier version of this project, taken from its own history,
 * writes a database and an object store; the version of today starts on them. Every record must be
 * there, and every address that was public must give the same bytes.
 *
 *     npm run proof:update -- 38b01a5
 *
 * Not part of the tests: the earlier version digitises the whole demo cluster first, some minutes.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnServer } from '../support/spawn-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const RESOURCES = [
	'museums',
	'artefacts',
	'traditions',
	'libraries',
	'places',
	'exhibits',
	'tours',
] as const;
/** The earlier version's own addresses, as it answers them; written down here since it cannot change. */
const EARLIER = '38b01a5';
const ENV = { XISHAN_DEMO: 'yes', JOB_REFINE: 'yes', LOG_LEVEL: 'warn' };
const LOOK_EVERY_MS = 1000;

interface Kept {
	records: string[];
	/** Address → SHA-256 of its bytes. */
	bytes: Map<string, string>;
}

async function json(url: string): Promise<unknown> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url} answers ${response.status}`);
	return response.json();
}

async function list(origin: string, path: string): Promise<{ id: string }[]> {
	const page = (await json(`${origin}/api/v1/${path}?limit=100`)) as { items: { id: string }[] };
	return page.items;
}

async function hashOf(url: string): Promise<string> {
	const response = await fetch(url);
	if (!response.ok) return `status ${response.status}`;
	return createHash('sha256')
		.update(Buffer.from(await response.arrayBuffer()))
		.digest('hex');
}

/** Every address of bytes in an answer; templates of many files name none. */
function addressesIn(value: unknown): string[] {
	if (typeof value === 'string') {
		return value.startsWith('/objects/') && !value.includes('{') ? [value] : [];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(addressesIn);
}

/** Tiles name each other by relative paths. */
async function tilesOf(origin: string, tileset: string): Promise<string[]> {
	const text = JSON.stringify(await json(origin + tileset));
	const folder = tileset.slice(0, tileset.lastIndexOf('/') + 1);
	return [...text.matchAll(/"uri":"([^"]+)"/g)].map(([, uri = '']) => folder + uri);
}

async function remember(origin: string): Promise<Kept> {
	const records: string[] = [];
	const addresses = new Set<string>();
	for (const resource of RESOURCES) {
		for (const { id } of await list(origin, resource)) {
			records.push(`${resource}/${id}`);
			const whole = await json(`${origin}/api/v1/${resource}/${id}`);
			for (const address of addressesIn(whole)) addresses.add(address);
		}
	}
	for (const address of [...addresses].filter((each) => each.endsWith('tileset.json'))) {
		for (const tile of await tilesOf(origin, address)) addresses.add(tile);
	}
	const bytes = new Map<string, string>();
	for (const address of addresses) bytes.set(address, await hashOf(origin + address));
	return { records, bytes };
}

async function finishJobs(origin: string): Promise<void> {
	for (;;) {
		const jobs = (await list(origin, 'jobs')) as unknown as { status: string }[];
		if (jobs.length > 0 && jobs.every(({ status }) => status === 'done')) return;
		await delay(LOOK_EVERY_MS);
	}
}

async function writeWithEarlier(project: string, commit: string, dataDir: string): Promise<Kept> {
	execFileSync('git', ['worktree', 'add', '--detach', project, commit], { cwd: PROJECT });
	try {
		await symlink(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
		await using server = await spawnServer({ project, dataDir, env: ENV });
		await finishJobs(server.origin);
		const kept = await remember(server.origin);
		await server.stop();
		return kept;
	} finally {
		execFileSync('git', ['worktree', 'remove', '--force', project], { cwd: PROJECT });
	}
}

const commit = process.argv[2] ?? EARLIER;
await using folder = await temporaryFolder('proof-update');
const dataDir = join(folder.path, 'data');
const before = await writeWithEarlier(join(folder.path, 'project'), commit, dataDir);
await using server = await spawnServer({ dataDir, env: { ...ENV, XISHAN_DEMO: 'no' } });
const lost: string[] = [];
for (const record of before.records) {
	const response = await fetch(`${server.origin}/api/v1/${record}`);
	if (!response.ok) lost.push(`${record} answers ${response.status}`);
}
for (const [address, hash] of before.bytes) {
	const now = await hashOf(server.origin + address);
	if (now !== hash) lost.push(`${address} gave ${hash}, now ${now}`);
}
console.log(
	`written by ${commit}: ${before.records.length} records, ${before.bytes.size} addresses`,
);
console.log(`lost or changed now: ${lost.length}`);
for (const line of lost.slice(0, 20)) console.log(`  ${line}`);
if (before.records.length === 0 || before.bytes.size === 0 || lost.length > 0) process.exitCode = 1;
