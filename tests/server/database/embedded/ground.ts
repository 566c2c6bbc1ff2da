import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { pino } from 'pino';
import { z } from 'zod';
import { startEmbeddedPostgres } from '../../../../server/database/embedded/embedded-postgres.ts';
import { processIdentity } from '../../../../server/database/embedded/process-identity.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

export const PROJECT = resolve(import.meta.dirname, '../../../..');
/** The owner's program, from the project's folder. */
export const OWNER = relative(PROJECT, fileURLToPath(import.meta.resolve('./postgres-owner.ts')));

const logger = pino({ level: 'silent' });
const messageSchema = z.object({
	ready: z.object({ host: z.string(), user: z.string(), database: z.string() }).optional(),
	id: z.number().optional(),
	failed: z.string().optional(),
});

/** A folder for data folders, and for the clusters that cannot lie inside them. */
export async function openGround() {
	const folder = await temporaryFolder('embedded');
	const stateRoot = join(folder.path, 'state');
	await mkdir(stateRoot);
	return {
		path: folder.path,
		stateRoot,
		async dataFolder(name: string, mode = 0o755): Promise<string> {
			const path = join(folder.path, name);
			await mkdir(path, { mode });
			return path;
		},
		start: (dataDir: string) => startEmbeddedPostgres({ dataDir, stateRoot, logger }),
		startOwner: (dataDir: string, task: 'hold' | 'write', project = PROJECT) =>
			forkOwner([dataDir, stateRoot, task], project),
		[Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
	};
}

export type Ground = Awaited<ReturnType<typeof openGround>>;

/** Runs one statement over a connection of its own. */
export async function query<T extends pg.QueryResultRow>(
	connection: pg.ClientConfig,
	sql: string,
): Promise<T[]> {
	const client = new pg.Client(connection);
	await client.connect();
	try {
		return (await client.query<T>(sql)).rows;
	} finally {
		await client.end();
	}
}

/** Another process that owns the cluster; `told` resolves with its first message. */
function forkOwner(args: string[], project: string) {
	const owner = fork(join(project, OWNER), args, {
		detached: true,
		stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
	});
	const ids: number[] = [];
	owner.on('message', (message) => {
		const { id } = messageSchema.parse(message);
		if (id !== undefined) ids.push(id);
	});
	const told = once(owner, 'message').then(([message]) => messageSchema.parse(message));
	const ended = once(owner, 'exit');
	return { owner, told, ids, ended };
}

/** Resolves when that many rows were acknowledged; fails when the owner ends before. */
export async function idsReach(owner: ChildProcess, ids: number[], count: number): Promise<void> {
	const tooEarly = once(owner, 'exit').then(() => {
		throw new Error(`the owner ended after ${ids.length} rows`);
	});
	tooEarly.catch(() => {});
	while (ids.length < count) await Promise.race([once(owner, 'message'), tooEarly]);
}

export async function hasGone(pid: number): Promise<void> {
	while ((await processIdentity(pid)) !== null) await new Promise((done) => setTimeout(done, 20));
}

/** Numbers of the processes in the process group of `pid` (Linux). */
export async function groupOf(pid: number): Promise<number[]> {
	const group = (await statFields(pid))[2];
	const members: number[] = [];
	for (const name of await readdir('/proc')) {
		if (/^\d+$/.test(name) && (await statFields(Number(name)))[2] === group)
			members.push(Number(name));
	}
	return members;
}

/** What the kernel says of a process, from its state on. */
export async function statFields(pid: number): Promise<string[]> {
	const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	return text.slice(text.lastIndexOf(')') + 2).split(' ');
}
