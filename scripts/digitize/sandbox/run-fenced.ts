import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OutputFolder } from '../output-folder.ts';
import { fenced } from './fences.ts';

/** Says which of its inputs a fenced run begins with. */
const FROM = 'XISHAN_DIGITIZE_FROM';
/** How a process gives itself up: V8 and most libraries when no memory is left, or at a contradiction. */
const GIVES_UP: readonly NodeJS.Signals[] = ['SIGABRT', 'SIGTRAP', 'SIGILL'];
/** How the system ends a process that did what no program may. */
const IS_BROKEN: readonly NodeJS.Signals[] = ['SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGSYS'];
/** What is said on the way out, which is of no use to a curator. */
const LAST_WORDS = /<--- Last few GCs|FATAL ERROR|# Fatal|----- Native stack trace/;
/** Last words of who wanted memory: V8, C++, glib, malloc. */
const WANTED_MEMORY =
	/out of memory|allocation failed|bad_alloc|failed to allocate|cannot allocate memory/i;

const message = z.object({ begun: z.int().nonnegative() });

export interface FencedRun {
	/** This program and its arguments, as for a shell. */
	program: string[];
	memoryMB: number;
	/** Where the result of each input goes. */
	outs: string[];
	signal: AbortSignal;
	/** Told when an input ended the process that read it. */
	onLost: (input: number, cause: LossCause) => void;
}

/**
 * Why an input ended its process: it wanted more memory than it may have, or broke native code; or it was
 * killed from outside, as a system does that runs out of memory, which may go well another time.
 */
export type LossCause = 'memory' | 'crash' | 'killed';

/** How it ended: an exit status, which leaves lost inputs out, or the signal that stopped it. */
export type FencedEnd = { status: number } | { killedBy: NodeJS.Signals };

/** The first input of this process, which stands behind the fences. */
export function firstFenced(): number {
	return Number.parseInt(process.env[FROM] ?? '0', 10) || 0;
}

/** Tells the process before the fences that work on an input begins. */
export function tellBegun(input: number): void {
	process.send?.({ begun: input });
}

/**
 * Runs this program once more behind the fences and waits for its end. Where an input makes it die, for
 * want of memory or by a fault in native code, that input's traces are removed, `onLost` is told, and it
 * goes on with the next. Stop signals are passed on.
 */
export async function runFenced(run: FencedRun): Promise<FencedEnd> {
	const made = run.outs.map(firstMissing);
	for (let from = 0; ; ) {
		let at = from;
		const { child, wantsMemory } = start(run, from);
		child.on('message', (value) => {
			at = message.safeParse(value).data?.begun ?? at;
		});
		const { status, killedBy } = await ended(child, run.signal);
		if (status !== null) return { status };
		const out = run.outs[at];
		if (out !== undefined) await OutputFolder.sweep(out, made[at]);
		const cause = run.signal.aborted ? undefined : causeOf(killedBy, wantsMemory());
		if (cause === undefined) return { killedBy: killedBy ?? 'SIGKILL' };
		run.onLost(at, cause);
		from = at + 1;
		if (from >= run.outs.length) return { status: 0 };
	}
}

/** Undefined for a signal that asks a run to stop. */
function causeOf(killedBy: NodeJS.Signals | null, wantsMemory: boolean): LossCause | undefined {
	if (killedBy === 'SIGKILL') return 'killed';
	if (killedBy === null) return undefined;
	if (GIVES_UP.includes(killedBy)) return wantsMemory ? 'memory' : 'crash';
	return IS_BROKEN.includes(killedBy) ? 'crash' : undefined;
}

/** Starts it; `wantsMemory`: whether its last words were about memory, which is likely where nobody hears. */
function start(run: FencedRun, from: number): { child: ChildProcess; wantsMemory: () => boolean } {
	const [command, ...args] = fenced(run.program, run.memoryMB);
	const isTerminal = process.stderr.isTTY;
	const child = spawn(command, args, {
		stdio: ['ignore', 'inherit', isTerminal ? 'inherit' : 'pipe', 'ipc'],
		// One arena of malloc instead of eight a core: a gigapixel then takes 270 MB instead of 370.
		env: { MALLOC_ARENA_MAX: '1', ...process.env, [FROM]: String(from) },
	});
	let isDying = false;
	let wantsMemory = isTerminal;
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		isDying ||= LAST_WORDS.test(text);
		wantsMemory ||= WANTED_MEMORY.test(text);
		if (!isDying) process.stderr.write(text);
	});
	return { child, wantsMemory: () => wantsMemory };
}

async function ended(
	child: ChildProcess,
	signal: AbortSignal,
): Promise<{ status: number | null; killedBy: NodeJS.Signals | null }> {
	const stop = () => child.kill(signal.reason === 130 ? 'SIGINT' : 'SIGTERM');
	signal.addEventListener('abort', stop, { once: true });
	try {
		return await new Promise((settle, fail) => {
			child.once('error', fail);
			child.once('close', (status, killedBy) => settle({ status, killedBy }));
		});
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/** The first folder on the way to `path` that does not exist yet. */
function firstMissing(path: string): string | undefined {
	let missing: string | undefined;
	for (let at = dirname(path); !existsSync(at); at = dirname(at)) missing = at;
	return missing;
}
