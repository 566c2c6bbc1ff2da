import { readdirSync, readFileSync } from 'node:fs';

/** How often Linux counts: always 100 Hz to user programs. */
const TICKS_PER_S = 100;
const SAMPLE_MS = 200;

/** Processor seconds, user and system, of the processes of a browser by what they do. */
export interface CpuSeconds {
	all: number;
	renderer: number;
	gpu: number;
}

interface Sample {
	atMs: number;
	cpu: CpuSeconds;
}

/** Follows what a process and all its descendants use. Disposing stops it, after a last look. */
export interface ProcessTree extends Disposable {
	/** What they used between two moments of `clock`. */
	between(fromMs: number, toMs: number): CpuSeconds;
}

/** Samples `/proc` from now on: Linux only. Elsewhere every figure is NaN. */
export function followProcessTree(root: number, clock: () => number): ProcessTree {
	/** The last that was seen of each, so that what has ended still counts. */
	const seen = new Map<number, { kind: keyof CpuSeconds; cpuS: number }>();
	const samples: Sample[] = [];
	const sample = () => {
		const tree = treeOf(root);
		if (tree.length === 0) return;
		for (const { pid, cpuS } of tree) {
			seen.set(pid, { kind: seen.get(pid)?.kind ?? kindOf(pid), cpuS });
		}
		const cpu: CpuSeconds = { all: 0, renderer: 0, gpu: 0 };
		for (const { kind, cpuS } of seen.values()) {
			cpu.all += cpuS;
			if (kind !== 'all') cpu[kind] += cpuS;
		}
		samples.push({ atMs: clock(), cpu });
	};
	sample();
	const timer = setInterval(sample, SAMPLE_MS);
	return {
		between(fromMs, toMs) {
			const [from, to] = [cpuAt(samples, fromMs), cpuAt(samples, toMs)];
			return {
				all: to.all - from.all,
				renderer: to.renderer - from.renderer,
				gpu: to.gpu - from.gpu,
			};
		},
		[Symbol.dispose]() {
			clearInterval(timer);
			sample();
		},
	};
}

/** Between two samples use is taken to be even. */
function cpuAt(samples: readonly Sample[], ms: number): CpuSeconds {
	const after = samples.find(({ atMs }) => atMs >= ms) ?? samples.at(-1);
	const before = samples.findLast(({ atMs }) => atMs <= ms) ?? samples[0];
	if (after === undefined || before === undefined) return { all: NaN, renderer: NaN, gpu: NaN };
	const span = after.atMs - before.atMs;
	const share = span <= 0 ? 0 : (ms - before.atMs) / span;
	const mix = (kind: keyof CpuSeconds) =>
		before.cpu[kind] + (after.cpu[kind] - before.cpu[kind]) * share;
	return { all: mix('all'), renderer: mix('renderer'), gpu: mix('gpu') };
}

function treeOf(root: number): { pid: number; cpuS: number }[] {
	const all = pids().flatMap((pid) => statOf(pid) ?? []);
	const inside = new Set([root]);
	for (let grew = true; grew; ) {
		const children = all.filter(({ pid, parent }) => inside.has(parent) && !inside.has(pid));
		for (const { pid } of children) inside.add(pid);
		grew = children.length > 0;
	}
	return all.filter(({ pid }) => inside.has(pid));
}

function pids(): number[] {
	try {
		return readdirSync('/proc').map(Number).filter(Number.isInteger);
	} catch {
		return [];
	}
}

function statOf(pid: number): { pid: number; parent: number; cpuS: number } | undefined {
	const text = readProc(`/proc/${pid}/stat`);
	if (text === undefined) return undefined;
	// Behind the name, which may hold blanks: proc(5) counts on from field 3.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const ticks = Number(fields[14 - 3]) + Number(fields[15 - 3]);
	return { pid, parent: Number(fields[4 - 3]), cpuS: ticks / TICKS_PER_S };
}

function kindOf(pid: number): keyof CpuSeconds {
	const line = readProc(`/proc/${pid}/cmdline`) ?? '';
	if (line.includes('--type=renderer')) return 'renderer';
	return line.includes('--type=gpu-process') ? 'gpu' : 'all';
}

/** Undefined once the process is gone. */
function readProc(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
