import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { AssetKind, LengthUnit, UpAxis } from '#schema/asset/asset-manifest';
import { type DigitizeEvent, digitizeEvent } from '#schema/digitize/digitize-event';
import type { JobFailure } from '#schema/job/job';

export const DIGITIZE_CLI = resolve(import.meta.dirname, '../../scripts/digitize/cli.ts');

/** Starts a program that the kernel ends when we are gone, however that came. */
const DYING_WITH_US = ['/usr/bin/setpriv', '--pdeathsig', 'KILL'];

const EXIT_REFUSED = 3;
const STDERR_KEPT = 4000;
/** A line of progress is short; anything longer is not ours. */
const LINE_MAX = 64 * 1024;
export interface DigitizeRun {
	cli: string;
	/** The scan, and the folder for what is made of it (made by the pipeline). */
	file: string;
	outDir: string;
	/** Where the program may keep temporary files. */
	tempDir: string;
	/** Where results of its steps are kept, for the next run on the same scan. */
	cacheDir: string;
	/** First what a page needs, or all of it: turntable, AR model and KTX2 textures, which take long. */
	pass: 'fast' | 'full';
	kind?: AssetKind | undefined;
	unit?: LengthUnit | undefined;
	up?: UpAxis | undefined;
	memoryMB: number;
	timeoutS: number;
	signal: AbortSignal;
	onProgress(event: Extract<DigitizeEvent, { event: 'progress' }>): void;
}

/** How a run ended: with a manifest (its path), or with a refusal of the scan. */
export type DigitizeOutcome = { manifest: string } | { refused: JobFailure };

/** The pipeline broke: its own fault or ours, worth another try. */
class DigitizeError extends Error {
	override readonly name = 'DigitizeError';
}

/**
 * The pipeline raises its own fences against what it reads (memory, network, files: `sandbox/` there),
 * and says itself when a scan ran against one. Only that it dies with us must be seen to from here.
 */
function commandOf(run: DigitizeRun): [string, ...string[]] {
	const [setpriv = ''] = DYING_WITH_US;
	const words = [
		...(existsSync(setpriv) ? DYING_WITH_US : []),
		...[process.execPath, run.cli, run.file, '--out', run.outDir, '--json'],
		...['--memory-mb', String(run.memoryMB)],
		...(run.kind ? ['--kind', run.kind] : []),
		...(run.unit ? ['--unit', run.unit] : []),
		...(run.up ? [`--up=${run.up.toLowerCase()}`] : []),
		...[run.pass === 'fast' ? '--fast' : '--ktx2', '--cache', run.cacheDir],
	];
	const [first = process.execPath, ...rest] = words;
	return [first, ...rest];
}

/** Nothing of ours but where to put things and where ffmpeg is. */
function environmentOf({ tempDir }: DigitizeRun): NodeJS.ProcessEnv {
	const { FFMPEG_PATH, PATH } = process.env;
	return { TMPDIR: tempDir, ...(FFMPEG_PATH ? { FFMPEG_PATH } : {}), ...(PATH ? { PATH } : {}) };
}

/** Kills the pipeline and whatever it started. It only ever writes to its own folder, so no grace is needed. */
function killGroup(pid: number | undefined): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

/** The site goes first. A program that is already gone needs no priority. */
function yieldToSite(pid: number | undefined): void {
	if (pid === undefined) return;
	try {
		setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
	}
}

async function readEvents(stdout: Readable, onEvent: (event: DigitizeEvent) => void) {
	for await (const line of createInterface({
		input: stdout,
		crlfDelay: Number.POSITIVE_INFINITY,
	})) {
		if (line.length === 0 || line.length > LINE_MAX) continue;
		const parsed = digitizeEvent.safeParse(parseJson(line));
		if (parsed.success) onEvent(parsed.data);
	}
}

function parseJson(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

async function readTail(stderr: Readable): Promise<string> {
	let tail = '';
	stderr.setEncoding('utf8');
	for await (const text of stderr) tail = (tail + text).slice(-STDERR_KEPT);
	return tail;
}

/** What an exit means, given the last word of the program. */
function outcomeOf(
	last: DigitizeEvent | undefined,
	code: number | null,
	killedBy: NodeJS.Signals | null,
	stderr: string,
): DigitizeOutcome {
	if (code === 0 && last?.event === 'done') return { manifest: last.manifest };
	if (code === EXIT_REFUSED && last?.event === 'refused') {
		return { refused: { code: last.code, message: last.message } };
	}
	throw new DigitizeError(
		`digitize: ended with ${killedBy ?? `exit status ${code}`} — ${stderr.trim() || 'and said nothing'}`,
	);
}

/**
 * Runs the pipeline on one file as a child process of its own group, with nothing in its
 * environment, a bound on memory and time and a lower priority than the site.
 * Throws DigitizeError when it broke, and the signal's reason when it was aborted; either way
 * nothing of it runs any more.
 */
export async function runDigitize(run: DigitizeRun): Promise<DigitizeOutcome> {
	run.signal.throwIfAborted();
	const [command, ...args] = commandOf(run);
	const child = spawn(command, args, {
		detached: true,
		env: environmentOf(run),
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = new Promise<{ code: number | null; killedBy: NodeJS.Signals | null }>(
		(settle, fail) => {
			child.once('error', fail);
			child.once('close', (code, killedBy) => settle({ code, killedBy }));
		},
	);
	let isLate = false;
	const stop = () => killGroup(child.pid);
	const timer = setTimeout(() => {
		isLate = true;
		stop();
	}, run.timeoutS * 1000);
	run.signal.addEventListener('abort', stop, { once: true });
	try {
		yieldToSite(child.pid);
		let last: DigitizeEvent | undefined;
		const [{ code, killedBy }, , stderr] = await Promise.all([
			ended,
			readEvents(child.stdout, (event) => {
				last = event;
				if (event.event === 'progress') run.onProgress(event);
			}),
			readTail(child.stderr),
		]);
		run.signal.throwIfAborted();
		if (isLate) return { refused: tookTooLong(run.timeoutS) };
		return outcomeOf(last, code, killedBy, stderr);
	} finally {
		clearTimeout(timer);
		run.signal.removeEventListener('abort', stop);
		stop();
	}
}

function tookTooLong(timeoutS: number): JobFailure {
	return {
		code: 'time-exhausted',
		message: `digitize: the scan takes longer than ${timeoutS} seconds — give it a smaller one`,
	};
}
