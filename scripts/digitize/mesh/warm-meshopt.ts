import { setTimeout } from 'node:timers/promises';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { MeshoptSimplifier } from 'meshoptimizer/simplifier';

/** Squares along a side of the practice sheet, and how often it is simplified and reordered. */
const SQUARES = 60;
const ROUNDS = 4;
const ROUNDS_OF_ORDER = 2;
/** Long enough for the optimising compiler beside us to finish, in most cases. */
const COMPILE_MS = 100;

let warming: Promise<void> | undefined;

/**
 * Lets the machine code of meshoptimizer be optimised before it meets a large mesh. WebAssembly starts in
 * baseline code, and a call that runs for seconds never leaves it: without practice on a small sheet,
 * which takes 0.1 s, the first million triangles of a thread take 3.9 CPU-s to simplify in place of 2.7,
 * and half as long again to put in order. Changes no result. Rejected: V8's flag --no-liftoff, which
 * must not be set while a process runs.
 */
export function warmMeshopt(): Promise<void> {
	warming ??= practise();
	return warming;
}

async function practise(): Promise<void> {
	await Promise.all([MeshoptSimplifier.ready, MeshoptEncoder.ready]);
	const row = SQUARES + 1;
	const positions = new Float32Array(row * row * 3);
	for (let i = 0; i < row * row; i += 1) {
		const [x, z] = [i % row, Math.floor(i / row)];
		positions.set([x, Math.sin(x * 0.7) * Math.cos(z * 0.9), z], i * 3);
	}
	const squares = Array.from({ length: SQUARES * SQUARES }, (_, i) => {
		const a = Math.floor(i / SQUARES) * row + (i % SQUARES);
		return [a, a + 1, a + row, a + 1, a + row + 1, a + row];
	});
	const indices = Uint32Array.from(squares.flat());
	const target = Math.floor(indices.length / 9) * 3;
	for (let round = 0; round < ROUNDS; round += 1) {
		MeshoptSimplifier.simplifyWithAttributes(
			indices,
			positions,
			3,
			positions,
			3,
			[1, 1, 1],
			null,
			target,
			1,
			[],
		);
	}
	for (let round = 0; round < ROUNDS_OF_ORDER; round += 1) {
		MeshoptEncoder.reorderMesh(indices.slice(), true, true);
	}
	await setTimeout(COMPILE_MS);
}
