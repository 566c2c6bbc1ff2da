import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryFile } from '../../digitize/intake/memory-file.ts';
import { deviation } from '../../digitize/mesh/deviation.ts';
import {
	type TreeArrays,
	type Triangles,
	TriangleTree,
} from '../../digitize/mesh/triangle-tree.ts';
import { readGltf } from '../../digitize/read/gltf/read-gltf.ts';
import { NODE_FLAGS } from '../../digitize/sandbox/node-flags.ts';
import { type Cost, measureChild } from './measure-child.ts';
import { TEXTURE_PX } from './simplify-pass.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const SELF = join(ROOT, 'scripts/bench/digitize.ts');
const GLTFPACK = fileURLToPath(import.meta.resolve('gltfpack/cli.js'));
/** The package exports its library only; the program lies beside it. */
const GLTF_TRANSFORM = fileURLToPath(
	new URL('../bin/cli.js', import.meta.resolve('@gltf-transform/cli')),
);
const DIGITIZE = join(ROOT, 'scripts/digitize/cli.ts');
const NO_NETWORK = join(ROOT, 'scripts/digitize/sandbox/no-network.ts');

/** A program, where it writes, and how it is called. */
interface Program {
	name: string;
	out: string;
	words: string[];
}

type Judged = Pick<Outcome, 'bytes' | 'triangles' | 'rms' | 'p99'>;

/** What one program made of a file, and how near it stayed: errors in the file's unit. */
export interface Outcome extends Cost {
	program: string;
	bytes: number;
	triangles: number;
	rms: number;
	p99: number;
	/** Our bytes at this program's measured error, over its bytes; only of peers. */
	bytesRatio?: number;
}

/** How often each program runs. */
const RUNS = 5;

/**
 * The same job by us and by both peers: simplify to a share of the triangles, compress, write. They
 * run in turns, several times each, and the middle run counts: a shared machine is now fast, now slow.
 */
export async function compare(file: string, share: number, folder: string): Promise<Outcome[]> {
	const original = await surfaceOf(file);
	const tree = TriangleTree.index(original);
	const triangles = Math.floor((original.indices.length / 3) * share);
	const pass = (count: number): Program => {
		const out = join(folder, `ours-${count}.glb`);
		return { name: 'ours', out, words: [...NODE_FLAGS, SELF, '--pass', file, out, String(count)] };
	};
	const packed = join(folder, 'gltfpack.glb');
	const transformed = join(folder, 'gltf-transform.glb');
	const programs: Program[] = [
		pass(triangles),
		{
			name: 'gltfpack',
			out: packed,
			words: [GLTFPACK, '-i', file, '-o', packed, '-si', String(share), '-se', '1', '-cc'],
		},
		{
			name: 'gltf-transform',
			out: transformed,
			words: [
				...[GLTF_TRANSFORM, 'optimize', file, transformed, '--compress', 'meshopt'],
				...['--texture-compress', 'webp', '--texture-size', String(TEXTURE_PX)],
				...['--simplify-ratio', String(share), '--simplify-error', '1'],
			],
		},
	];
	const costs = programs.map((): Cost[] => []);
	for (let run = 0; run < RUNS; run += 1) {
		for (const [i, { words }] of programs.entries()) {
			costs[i]?.push(await measureChild(folder, words));
		}
	}
	const outcomes: Outcome[] = [];
	for (const [i, { name, out }] of programs.entries()) {
		const judged = await judge(out, original, tree);
		outcomes.push({ program: name, ...middle(costs[i] ?? []), ...judged });
	}
	const [ours, ...peers] = outcomes;
	if (ours === undefined) return [];
	for (const peer of peers) {
		peer.bytesRatio = await bytesAtEqualError(ours, peer, async (count) => {
			const { words, out } = pass(count);
			await measureChild(folder, words);
			return await judge(out, original, tree);
		});
	}
	return outcomes;
}

/** The run in the middle by time. */
function middle(costs: Cost[]): Cost {
	const byTime = costs.toSorted((a, b) => a.cpuS - b.cpuS);
	return byTime[Math.floor(byTime.length / 2)] ?? { cpuS: Number.NaN, peakMb: Number.NaN };
}

/** Everything our pipeline does for a file, beside which a single pass is a part. */
export async function wholeLadder(file: string, folder: string): Promise<Cost> {
	const out = join(folder, `ladder-${basename(file)}`);
	// As the server starts it: behind its fences already, so that the process measured does the work.
	const program = [...NODE_FLAGS, '--import', NO_NETWORK, DIGITIZE];
	return await measureChild(folder, [...program, file, '--no-cache', '--out', out]);
}

/**
 * Our bytes at a peer's error: one more pass with as many triangles as should give that error (it
 * falls with the square of the edge, so with one over their number), then along the line through
 * both passes on logarithmic scales.
 */
async function bytesAtEqualError(
	ours: Outcome,
	peer: Outcome,
	pass: (triangles: number) => Promise<Judged>,
): Promise<number> {
	const wanted = Math.round((ours.triangles * ours.rms) / peer.rms);
	const other = await pass(wanted);
	const run = Math.log(other.rms / ours.rms);
	if (Math.abs(run) < 0.001) return ours.bytes / peer.bytes;
	const slope = Math.log(other.bytes / ours.bytes) / run;
	return (ours.bytes * (peer.rms / ours.rms) ** slope) / peer.bytes;
}

async function judge(file: string, original: Triangles, tree: TreeArrays): Promise<Judged> {
	const surface = await surfaceOf(file);
	const { rmsM, p99M } = deviation(original, tree, surface);
	const triangles = surface.indices.length / 3;
	return { bytes: (await stat(file)).size, triangles, rms: rmsM, p99: p99M };
}

async function surfaceOf(file: string): Promise<Triangles> {
	const { mesh } = await readGltf(memoryFile(basename(file), await readFile(file)), 'glb');
	return { positions: mesh.positions, indices: mesh.indices };
}
