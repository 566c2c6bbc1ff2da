import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './node-flags.ts';

const NO_NETWORK = fileURLToPath(import.meta.resolve('./no-network.ts'));
const MB = 1024 * 1024;
/** V8 may use this share of what the process may; the rest is for buffers, wasm and libvips. */
const HEAP_SHARE = 0.5;
/** Address space V8 reserves for code and counts as data, but hardly touches. */
const RESERVED_MB = 1024;
/** Of the machine's memory, and never more than a scan can need. */
const MEMORY_SHARE = 0.75;
const MEMORY_MAX_MB = 16 * 1024;
/** No derivative is larger, in bytes. */
const MAX_FILE_BYTES = 64 * 1024 ** 3;
const MAX_OPEN_FILES = 1024;

/** True when this process was started behind the fences, by itself. */
export function isFenced(): boolean {
	return process.execArgv.some((word) => word.endsWith('no-network.ts'));
}

/** What a run may take when nobody says: three quarters of the machine or of its container. */
export function defaultMemoryMB(): number {
	const limit = process.constrainedMemory();
	const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
	return Math.min(Math.floor((bytes / MB) * MEMORY_SHARE), MEMORY_MAX_MB);
}

/**
 * The words that start a program of ours so that it dies with its parent, has no network, and is
 * refused memory, files and bytes beyond what a scan needs. What the system lacks (macOS, containers
 * without rights) falls away; the heap limit and the closed modules of `no-network.ts` always stay.
 * `prlimit --as` is not used: V8 and wasm reserve far more address space than they ever touch.
 */
export function fenced(program: string[], memoryMB: number): [string, ...string[]] {
	const heapMB = Math.floor(memoryMB * HEAP_SHARE);
	const words = [
		...dyingWithParent(),
		...withoutNetwork(),
		...withLimits(memoryMB),
		process.execPath,
		`--max-old-space-size=${heapMB}`,
		...NODE_FLAGS,
		'--import',
		NO_NETWORK,
		...program,
	];
	const [first = process.execPath, ...rest] = words;
	return [first, ...rest];
}

function dyingWithParent(): string[] {
	const setpriv = '/usr/bin/setpriv';
	return existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL'] : [];
}

/**
 * A network namespace of its own, with nothing in it. Root takes a plain one: one of users as well
 * would cost its right to read others' files. Tried out first, since containers often forbid it.
 */
function withoutNetwork(): string[] {
	const unshare = '/usr/bin/unshare';
	if (!existsSync(unshare)) return [];
	const options = process.getuid?.() === 0 ? ['--net'] : ['--map-current-user', '--net'];
	const { status } = spawnSync(unshare, [...options, process.execPath, '--version'], {
		stdio: 'ignore',
	});
	return status === 0 ? [unshare, ...options] : [];
}

function withLimits(memoryMB: number): string[] {
	const prlimit = '/usr/bin/prlimit';
	if (!existsSync(prlimit)) return [];
	return [
		prlimit,
		`--data=${(memoryMB + RESERVED_MB) * MB}`,
		`--fsize=${MAX_FILE_BYTES}`,
		`--nofile=${MAX_OPEN_FILES}`,
		'--core=0',
	];
}
