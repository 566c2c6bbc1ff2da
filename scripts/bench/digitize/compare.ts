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

/** The same job by us and by both peers: simplify to a share of the triangles, compress, write. */
export async function compare(file: string, share: number, folder: string): Promise<Outcome[]> {
	const original = await surfaceOf(file);
	const tree = TriangleTree.index(original);
	const triangles = Math.floor((original.indices.length / 3) * share);
	const run = async (program: string, out: string, words: string[]): Promise<Outcome> => {
		const cost = await measureChild(folder, words);
		return { program, ...cost, ...(await judge(out, original, tree)) };
	};
	const pass = (count: number) => {
		const out = join(folder, `ours-${count}.glb`);
		return run('ours', out, [SELF, '--pass', file, out, String(count)]);
	};
	const packed = join(folder, 'gltfpack.glb');
	const transformed = join(folder, 'gltf-transform.glb');
	const ours = await pass(triangles);
	const peers = [
		await run('gltfpack', packed, [
			...[GLTFPACK, '-i', file, '-o', packed, '-si', String(share), '-se', '1', '-cc'],
		]),
		await run('gltf-transform', transformed, [
			...[GLTF_TRANSFORM, 'optimize', file, transformed, '--compress', 'meshopt'],
			...['--texture-compress', 'webp', '--texture-size', String(TEXTURE_PX)],
			...['--simplify-ratio', String(share), '--simplify-error', '1'],
		]),
	];
	for (const peer of peers) peer.bytesRatio = await bytesAtEqualError(ours, peer, pass);
	return [ours, ...peers];
}

/** Everything our pipeline does for a file, beside which a single pass is a part. */
export async function wholeLadder(file: string, folder: string): Promise<Cost> {
	const out = join(folder, `ladder-${basename(file)}`);
	// As the server starts it: behind its fences already, so that the process measured does the work.
	const program = ['--import', NO_NETWORK, DIGITIZE];
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
	pass: (triangles: number) => Promise<Outcome>,
): Promise<number> {
	const wanted = Math.round((ours.triangles * ours.rms) / peer.rms);
	const other = await pass(wanted);
	const run = Math.log(other.rms / ours.rms);
	if (Math.abs(run) < 0.001) return ours.bytes / peer.bytes;
	const slope = Math.log(other.bytes / ours.bytes) / run;
	return (ours.bytes * (peer.rms / ours.rms) ** slope) / peer.bytes;
}

async function judge(
	file: string,
	original: Triangles,
	tree: TreeArrays,
): Promise<Pick<Outcome, 'bytes' | 'triangles' | 'rms' | 'p99'>> {
	const surface = await surfaceOf(file);
	const { rmsM, p99M } = deviation(original, tree, surface);
	const triangles = surface.indices.length / 3;
	return { bytes: (await stat(file)).size, triangles, rms: rmsM, p99: p99M };
}

async function surfaceOf(file: string): Promise<Triangles> {
	const { mesh } = await readGltf(memoryFile(basename(file), await readFile(file)), 'glb');
	return { positions: mesh.positions, indices: mesh.indices };
}
