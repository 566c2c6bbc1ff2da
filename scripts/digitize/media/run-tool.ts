import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What a foreign program may take at most: a film of some hours fits. */
const MAX_CPU_S = 4 * 3600;
const MAX_WALL_MS = 8 * 3600 * 1000;
const MAX_MEMORY_BYTES = 4 * 1024 ** 3;
const MAX_ERROR_TEXT = 64_000;
const PRLIMIT = '/usr/bin/prlimit';
/** For a pipeline that was started without a search path. */
const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';

export interface ToolRun {
	/** 0 when it did its work; null when it was killed for taking too much. */
	status: number | null;
	/** The end of what it said. */
	stderr: string;
	isMissing: boolean;
}

export interface ToolOptions {
	cwd?: string;
	signal: AbortSignal;
	/** Gets standard output as it comes. */
	onOutput?: (chunk: Buffer) => void;
}

/**
 * Runs a foreign program without input, without our environment, bounded in processor time, memory
 * (where `prlimit` is) and time on the wall; killed when `signal` aborts, which throws `AbortError`.
 */
export async function runTool(
	program: string,
	words: string[],
	{ cwd, signal, onOutput }: ToolOptions,
): Promise<ToolRun> {
	const bounded = existsSync(PRLIMIT)
		? [PRLIMIT, `--cpu=${MAX_CPU_S}`, `--data=${memoryBytes()}`, program, ...words]
		: [program, ...words];
	const [command = program, ...rest] = bounded;
	const timeout = AbortSignal.timeout(MAX_WALL_MS);
	const child = spawn(command, rest, {
		...(cwd === undefined ? {} : { cwd }),
		env: { PATH: process.env.PATH ?? DEFAULT_PATH, LC_ALL: 'C' },
		stdio: ['ignore', 'pipe', 'pipe'],
		signal: AbortSignal.any([signal, timeout]),
		killSignal: 'SIGKILL',
	});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr = (stderr + text).slice(-MAX_ERROR_TEXT);
	});
	child.stdout.on('data', (chunk: Buffer) => onOutput?.(chunk));
	const { promise, resolve, reject } = Promise.withResolvers<ToolRun>();
	child.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') resolve({ status: 127, stderr: '', isMissing: true });
		else if (error.name !== 'AbortError') reject(error);
	});
	child.on('close', (status) => {
		const isMissing = status === 127 && stderr.includes('failed to execute');
		resolve({ status, stderr, isMissing });
	});
	const run = await promise;
	signal.throwIfAborted();
	return run;
}

/** The most memory a program may have: no more than this process, which could not give it more. */
function memoryBytes(): number {
	const limits = readFileSync('/proc/self/limits', 'utf8');
	const [, ours = ''] = /^Max data size +(\d+) /m.exec(limits) ?? [];
	return Math.min(MAX_MEMORY_BYTES, ours === '' ? Number.POSITIVE_INFINITY : Number(ours));
}
