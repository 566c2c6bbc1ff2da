import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../../errors.ts';
import { postmasterPid } from './left-over.ts';
import { PROGRAM_ENVIRONMENT } from './program-environment.ts';
import type { Account } from './system-account.ts';

const READY_TIMEOUT_MS = 120_000;
const FAST_STOP_MS = 10_000;
const LOOK_EVERY_MS = 20;
const LOG_BYTES_KEPT = 8 << 20;
const LOG_TAIL_BYTES = 4096;

/**
 * Runs PostgreSQL ("$@") and asks it to stop fast (SIGINT) once nobody holds the other end of file 3:
 * when we say so, and also when we die of `kill -9`, so that no PostgreSQL is left without its owner.
 * Asked again until it has ended: before it has its handlers it ignores SIGINT, as any program does
 * that a shell put in the background. A session of its own (`detached`) keeps the terminal's Ctrl-C from it: it must stop last.
 */
const GUARD = `
"$@" 3<&- & postgres=$!
( read -r _ <&3; while kill -INT $postgres 2>/dev/null; do sleep 0.2; done ) & guard=$!
wait $postgres; status=$?
kill $guard 2>/dev/null
exit $status`;

/** What a cluster needs to run. */
export interface PostmasterOptions {
	home: string;
	data: string;
	binDir: string;
	socketDir: string;
	account: Account | undefined;
}

/** A running PostgreSQL: `ended` resolves when it has ended, for whatever reason. */
export interface Postmaster {
	ended: Promise<void>;
	stop(): Promise<void>;
}

async function openLog(home: string) {
	const log = await open(join(home, 'postgres.log'), 'a');
	if ((await log.stat()).size > LOG_BYTES_KEPT) await log.truncate();
	return log;
}

/** The last thing PostgreSQL complained of. */
async function lastComplaint(home: string): Promise<string> {
	const log = await readFile(join(home, 'postgres.log'), 'utf8').catch(() => '');
	const lines = log.slice(-LOG_TAIL_BYTES).split('\n');
	const complaint = lines.findLast((line) => /FATAL|PANIC|error while loading/.test(line));
	return complaint?.replace(/^.*?(FATAL|PANIC): +/, '') ?? 'see postgres.log';
}

function settings({ data, socketDir }: PostmasterOptions): string[] {
	const chosen = {
		listen_addresses: '',
		unix_socket_directories: socketDir,
		unix_socket_permissions: '0700',
		max_connections: '60',
		shared_buffers: '128MB',
		log_checkpoints: 'off',
		log_timezone: 'UTC',
		timezone: 'UTC',
	};
	const pairs = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	return ['-D', data, ...pairs];
}

async function spawnGuarded(options: PostmasterOptions): Promise<ChildProcess> {
	await using log = await openLog(options.home);
	const program = join(options.binDir, 'postgres');
	const child = spawn('/bin/sh', ['-c', GUARD, 'postgres-guard', program, ...settings(options)], {
		...options.account,
		cwd: '/',
		detached: true,
		env: PROGRAM_ENVIRONMENT,
		stdio: ['ignore', log.fd, log.fd, 'pipe'],
	});
	try {
		await once(child, 'spawn');
	} catch (error) {
		throw new StartError(`database: PostgreSQL cannot be run (${(error as Error).message})`, {
			cause: error,
		});
	}
	return child;
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

async function pidFile(data: string): Promise<string> {
	return readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
}

/**
 * The eighth line of postmaster.pid says when connections are welcome; pg_ctl looks there, too.
 * `stale` is what a killed predecessor left, which says so as well until it is overwritten.
 */
async function isReady(data: string, stale: string): Promise<boolean> {
	const text = await pidFile(data);
	return text !== stale && text.split('\n')[7]?.trim() === 'ready';
}

async function waitUntilReady(
	child: ChildProcess,
	options: PostmasterOptions,
	stale: string,
	signal?: AbortSignal,
) {
	const timeout = AbortSignal.timeout(READY_TIMEOUT_MS);
	const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
	while (!(await isReady(options.data, stale))) {
		if (hasEnded(child)) {
			throw new StartError(
				`database: PostgreSQL did not start (${await lastComplaint(options.home)})`,
			);
		}
		await delay(LOOK_EVERY_MS, undefined, { signal: either });
	}
}

function quit(pid: number): void {
	try {
		process.kill(pid, 'SIGQUIT');
	} catch {
		// It ended in this very moment.
	}
}

async function stopGuarded(child: ChildProcess, ended: Promise<void>, data: string): Promise<void> {
	child.stdio[3]?.destroy();
	const timer = new AbortController();
	const slow = delay(FAST_STOP_MS, 'slow', { signal: timer.signal }).catch(() => 'ended');
	const winner = await Promise.race([ended.then(() => 'ended'), slow]);
	timer.abort();
	// At once: it recovers from its log at the next start. Never SIGKILL: its children would go on.
	const pid = winner === 'slow' ? await postmasterPid(data) : null;
	if (pid !== null) quit(pid);
	await ended;
}

/** Starts PostgreSQL and waits until it takes connections. Throws StartError with its own reason. */
export async function startPostmaster(
	options: PostmasterOptions,
	signal?: AbortSignal,
): Promise<Postmaster> {
	const stale = await pidFile(options.data);
	const child = await spawnGuarded(options);
	const ended = hasEnded(child) ? Promise.resolve() : once(child, 'exit').then(() => {});
	try {
		await waitUntilReady(child, options, stale, signal);
	} catch (error) {
		await stopGuarded(child, ended, options.data);
		throw error;
	}
	return { ended, stop: () => stopGuarded(child, ended, options.data) };
}
