import { enableCompileCache } from 'node:module';
import { basename, extname, join, resolve } from 'node:path';
import { memoryExhausted, readerCrashed } from './limits.ts';
import { ForeignFolderError } from './output-folder.ts';
import { type Arguments, HELP, parseArguments, UsageError } from './parse-arguments.ts';
import { barProgress, jsonProgress, type Progress, plainProgress } from './progress.ts';
import { RefusalError } from './refusal-error.ts';
import { defaultMemoryMB, isFenced } from './sandbox/fences.ts';
import { firstFenced, runFenced, tellBegun } from './sandbox/run-fenced.ts';

/** Exit statuses; those of signals follow the shells' custom of 128 + number. */
const EXIT = { done: 0, fault: 1, usage: 2, refused: 3, interrupted: 130, terminated: 143 };

/** One input and where its result goes. */
interface Task {
	path: string;
	name: string;
	out: string;
}

// Importing the pipeline then takes 0.4 s of processor time instead of 1.0.
enableCompileCache();
process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
	const stop = new AbortController();
	process.on('SIGINT', () => stop.abort(EXIT.interrupted));
	process.on('SIGTERM', () => stop.abort(EXIT.terminated));
	try {
		const parsed = parseArguments(words);
		if (parsed.isHelp) {
			process.stdout.write(HELP);
			return EXIT.done;
		}
		if (parsed.verb === 'verify') return await verifyAll(parsed);
		return isFenced()
			? await runAll(parsed, stop.signal)
			: await runBehindFences(words, parsed, stop.signal);
	} catch (error) {
		if (stop.signal.aborted) return Number(stop.signal.reason);
		return complain(error);
	}
}

/**
 * Untrusted files are read by this program once more, behind fences: when one takes all memory or
 * breaks native code, only that process dies, and here is still somebody to say so.
 */
async function runBehindFences(
	words: string[],
	parsed: Arguments,
	signal: AbortSignal,
): Promise<number> {
	const tasks = tasksOf(parsed);
	const progress = progressFor(parsed);
	let status = EXIT.done;
	const end = await runFenced({
		program: [import.meta.filename, ...words],
		memoryMB: parsed.memoryMB ?? defaultMemoryMB(),
		outs: tasks.map((task) => task.out),
		signal,
		onLost: (input, cause) => {
			const task = tasks[input];
			if (task === undefined) return;
			const refusal = cause === 'crash' ? readerCrashed(task.name) : memoryExhausted(task.name);
			tellRefused(progress, task, refusal);
			// Whoever runs this should try again what was killed from outside.
			status = worse(status, cause === 'killed' ? EXIT.fault : EXIT.refused);
		},
	});
	if (signal.aborted) return Number(signal.reason);
	if ('status' in end) return worse(status, end.status);
	throw new Error(`ended by ${end.killedBy}`);
}

/** One input after the other; neither a refusal of one nor a fault of ours over it stops the others. */
async function runAll(parsed: Arguments, signal: AbortSignal): Promise<number> {
	const progress = progressFor(parsed);
	let status = EXIT.done;
	const tasks = tasksOf(parsed);
	for (const [i, task] of tasks.entries()) {
		if (i < firstFenced()) continue;
		tellBegun(i);
		try {
			await runOne(task, parsed, progress, signal);
		} catch (error) {
			const refusal = asRefusal(error, task.name);
			if (refusal !== undefined) {
				tellRefused(progress, task, refusal);
				status = worse(status, EXIT.refused);
			} else if (signal.aborted) throw error;
			else status = worse(status, complain(error, task.name));
		}
	}
	return status;
}

/** Of two inputs' exit statuses the one to end with: a fault, then wrong usage, then a refusal. */
function worse(a: number, b: number): number {
	return Math.min(a || b, b || a);
}

function tellRefused(progress: Progress, { path }: Task, { code, message }: RefusalError): void {
	progress.tell({ event: 'refused', input: path, code, message });
	console.error(`refused: ${code}: ${message}`);
}

async function runOne(
	{ path, out }: Task,
	{ options, cacheDir }: Arguments,
	progress: Progress,
	signal: AbortSignal,
): Promise<void> {
	// Only here, since the process before the fences has no use for all that it brings along.
	const { digitize, manifestPath } = await import('./digitize.ts');
	await digitize(path, out, {
		...options,
		cacheDir,
		signal,
		onProgress: (stage, share) =>
			progress.tell({ event: 'progress', input: path, stage, progress: share }),
	});
	progress.tell({ event: 'done', input: path, manifest: manifestPath(out) });
}

/** Checks finished folders or bags: a line a problem, and one a folder that says how it stands. */
async function verifyAll({ files, isJson }: Arguments): Promise<number> {
	const { verify } = await import('./archive/verify.ts');
	let status = EXIT.done;
	const tell = (plain: string, event: Record<string, unknown>) =>
		process.stdout.write(`${isJson ? JSON.stringify(event) : plain}\n`);
	for (const path of files) {
		const verdict = await verify(resolve(path));
		if (verdict === undefined) {
			throw new UsageError(`${path} is neither a finished folder nor a bag — name one of these`);
		}
		for (const { code, file, message } of verdict.problems) {
			tell(`${code}: ${file} ${message}`, { event: 'problem', input: path, code, file, message });
		}
		const { length } = verdict.problems;
		if (length > 0) status = EXIT.refused;
		const plain = length === 0 ? 'good' : `${length} problem${length === 1 ? '' : 's'}`;
		const event = { event: 'verified', input: path, files: verdict.files, problems: length };
		tell(`${path}: ${verdict.files} files, ${plain}`, event);
	}
	return status;
}

function tasksOf({ files, out }: Arguments): Task[] {
	const root = resolve(out);
	const tasks = files.map((path) => {
		const name = basename(path);
		const stem = basename(path, extname(path));
		return { path, name, out: files.length === 1 ? root : join(root, stem) };
	});
	const folders = new Set(tasks.map((task) => task.out));
	if (folders.size < tasks.length) {
		throw new UsageError('two files have the same name — run them one by one, each with its --out');
	}
	return tasks;
}

function progressFor({ isJson }: Arguments): Progress {
	if (isJson) return jsonProgress(process.stdout);
	return process.stderr.isTTY ? barProgress(process.stderr) : plainProgress(process.stdout);
}

/** Running out of memory over a file is the file's doing; every other surprise is ours. */
function asRefusal(error: unknown, name: string): RefusalError | undefined {
	if (error instanceof RefusalError) return error;
	const isHeap =
		error instanceof RangeError && /alloc|array length|memory|grow/i.test(error.message);
	const isWasm = error instanceof Error && error.name === 'RuntimeError';
	if (!isHeap && !isWasm) return undefined;
	return memoryExhausted(name);
}

/** Says what stopped the run, or one of its inputs; gives the exit status. */
function complain(error: unknown, about = 'digitize'): number {
	console.error(`${about}: ${error instanceof Error ? error.message : String(error)}`);
	const isUsage = error instanceof UsageError || error instanceof ForeignFolderError;
	return isUsage ? EXIT.usage : EXIT.fault;
}
