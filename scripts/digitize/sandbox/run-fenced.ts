import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OutputFolder } from '../output-folder.ts';
import { fenced } from './fences.ts';

/** Says which of its inputs a fenced run begins with. */
const FROM = 'XISHAN_DIGITIZE_FROM';
/** How a process ends that was given no more memory. */
const OUT_OF_MEMORY: readonly (NodeJS.Signals | null)[] = [
	'SIGABRT',
	'SIGKILL',
	'SIGTRAP',
	'SIGILL',
];
/** What V8 says when it dies, which is of no use to a curator. */
const LAST_WORDS = /<--- Last few GCs|FATAL ERROR|# Fatal/;

const message = z.object({ begun: z.int().nonnegative() });

export interface FencedRun {
	/** This program and its arguments, as for a shell. */
	program: string[];
	memoryMB: number;
	/** Where the result of each input goes. */
	outs: string[];
	signal: AbortSignal;
	/** Told when an input needed more memory than there is. */
	onExhausted: (input: number) => void;
}

/** How it ended: an exit status, or the signal that ended it. */
export type FencedEnd = { status: number; wasExhausted: boolean } | { killedBy: NodeJS.Signals };

/** The first input of this process, which stands behind the fences. */
export function firstFenced(): number {
	return Number.parseInt(process.env[FROM] ?? '0', 10) || 0;
}

/** Tells the process before the fences that work on an input begins. */
export function tellBegun(input: number): void {
	process.send?.({ begun: input });
}

/**
 * Runs this program once more behind the fences and waits for its end. Where an input makes it die for
 * want of memory, that input's traces are removed, `onExhausted` is told, and it goes on with the next.
 * Stop signals are passed on.
 */
export async function runFenced(run: FencedRun): Promise<FencedEnd> {
	const made = run.outs.map(firstMissing);
	let wasExhausted = false;
	for (let from = 0; ; ) {
		let at = from;
		const child = start(run, from);
		child.on('message', (value) => {
			at = message.safeParse(value).data?.begun ?? at;
		});
		const { status, killedBy } = await ended(child, run.signal);
		if (status !== null) return { status, wasExhausted };
		const isExhausted = OUT_OF_MEMORY.includes(killedBy) && !run.signal.aborted;
		const out = run.outs[at];
		if (out !== undefined) await OutputFolder.sweep(out, made[at]);
		if (!isExhausted) return { killedBy: killedBy ?? 'SIGKILL' };
		wasExhausted = true;
		run.onExhausted(at);
		from = at + 1;
		if (from >= run.outs.length) return { status: 0, wasExhausted };
	}
}

function start(run: FencedRun, from: number): ChildProcess {
	const [command, ...args] = fenced(run.program, run.memoryMB);
	const isTerminal = process.stderr.isTTY;
	const child = spawn(command, args, {
		stdio: ['ignore', 'inherit', isTerminal ? 'inherit' : 'pipe', 'ipc'],
		// One arena of malloc instead of eight a core: a gigapixel then takes 270 MB instead of 370.
		env: { MALLOC_ARENA_MAX: '1', ...process.env, [FROM]: String(from) },
	});
	let isDying = false;
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		isDying ||= LAST_WORDS.test(text);
		if (!isDying) process.stderr.write(text);
	});
	return child;
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
