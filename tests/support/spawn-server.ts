import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** A server's own code is compiled once a machine, not at each of dozens of starts: 0.7 of 2.8 CPU-seconds. */
const COMPILED = join(PROJECT, 'node_modules/.cache/xishan/compiled');
const ADDRESS = /http:\/\/[^\s/]+:\d+\//;

export interface SpawnOptions {
	/** Kept when the server ends; left out: a folder of its own, removed with it. */
	dataDir?: string;
	/** A built client; left out: one empty page. */
	clientDir?: string;
	/** More settings, or others: everything the environment of a server may hold. */
	env?: Record<string, string>;
	args?: string[];
	/** A copy of the project to run instead of this one. */
	project?: string;
}

/** How a server ended: exit status, or the signal that ended it, and all it said. */
export interface ServerEnd {
	code: number | null;
	signal: NodeJS.Signals | null;
	stdout: string;
	stderr: string;
}

/** The whole program as `npm start` runs it, in a process group of its own. */
export interface SpawnedServer extends AsyncDisposable {
	/** Where it answers, without a trailing slash. */
	origin: string;
	dataDir: string;
	process: ChildProcess;
	ended: Promise<ServerEnd>;
	/** All it has said so far. */
	said(): string;
	/** Asks it to stop and waits for its end. */
	stop(signal?: NodeJS.Signals): Promise<ServerEnd>;
	/** `kill -9` of its whole process group. */
	kill(): Promise<ServerEnd>;
}

async function emptyClient(folder: TemporaryFolder): Promise<string> {
	const clientDir = join(folder.path, 'client');
	await mkdir(clientDir);
	await writeFile(join(clientDir, 'index.html'), '<!doctype html><title>Xishan</title>');
	return clientDir;
}

function follow(child: ChildProcess) {
	const told = { stdout: '', stderr: '' };
	for (const name of ['stdout', 'stderr'] as const) {
		child[name]?.setEncoding('utf8').on('data', (text: string) => {
			told[name] += text;
		});
	}
	const ended = once(child, 'close').then(
		([code, signal]): ServerEnd => ({ code, signal, ...told }),
	);
	return { told, ended };
}

/** Nothing of this test run's own environment reaches the server, save where programs are. */
async function launch(options: SpawnOptions, folder: TemporaryFolder) {
	const dataDir = options.dataDir ?? join(folder.path, 'data');
	const settings = {
		PORT: '0',
		XISHAN_DATA: dataDir,
		XISHAN_CLIENT: options.clientDir ?? (await emptyClient(folder)),
		XISHAN_DEMO: 'no',
		LOG_FORMAT: 'json',
		...options.env,
	};
	const main = join(options.project ?? PROJECT, 'server/main.ts');
	const child = spawn(process.execPath, [main, ...(options.args ?? [])], {
		detached: true,
		env: {
			PATH: process.env.PATH,
			HOME: process.env.HOME,
			NODE_COMPILE_CACHE: COMPILED,
			...settings,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	return { child, dataDir, ...follow(child) };
}

/** Runs the program to its end, for starts that are meant to fail or to say something and leave. */
export async function runServer(options: SpawnOptions): Promise<ServerEnd> {
	await using folder = await temporaryFolder('run');
	const { ended } = await launch(options, folder);
	return await ended;
}

async function addressOf(child: ChildProcess, told: { stdout: string; stderr: string }) {
	const ended = once(child, 'exit').then(() => {
		throw new Error(`the server ended before it was open:\n${told.stderr}`);
	});
	ended.catch(() => {});
	for (;;) {
		const [address] = ADDRESS.exec(told.stdout) ?? [];
		if (address) return address.replace(/\/$/, '');
		await Promise.race([child.stdout && once(child.stdout, 'data'), ended]);
	}
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.exitCode !== null || child.signalCode !== null) return;
	process.kill(-Number(child.pid), signal);
}

/** Starts the program on a free port and waits until it says it is open; disposing stops it. */
export async function spawnServer(options: SpawnOptions = {}): Promise<SpawnedServer> {
	await using undo = new AsyncDisposableStack();
	const folder = undo.use(await temporaryFolder('spawned'));
	const { child, dataDir, told, ended } = await launch(options, folder);
	const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
		if (child.exitCode === null && child.signalCode === null) child.kill(signal);
		return ended;
	};
	const kill = async () => {
		signalGroup(child, 'SIGKILL');
		return ended;
	};
	undo.defer(async () => void (await stop()));
	const origin = await addressOf(child, told);
	const owned = undo.move();
	return {
		origin,
		dataDir,
		process: child,
		ended,
		said: () => told.stdout + told.stderr,
		stop,
		kill,
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}
