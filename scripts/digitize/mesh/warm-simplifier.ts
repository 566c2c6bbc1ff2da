import { setTimeout } from 'node:timers/promises';
import { MeshoptSimplifier } from 'meshoptimizer/simplifier';

/** Squares along a side of the practice sheet, and how often it is simplified. */
const SQUARES = 60;
const ROUNDS = 4;
/** Long enough for the optimising compiler beside us to finish, in most cases. */
const COMPILE_MS = 100;

let warming: Promise<void> | undefined;

/**
 * Lets the simplifier's machine code be optimised before it meets a large mesh. WebAssembly starts in
 * baseline code, and a call that runs for seconds never leaves it: without practice on a small sheet,
 * which takes 0.1 s, the first million triangles of a thread take 3.9 CPU-s in place of 2.7. Changes no
 * result. Rejected: V8's flag --no-liftoff, which must not be set while a process runs.
 */
export function warmSimplifier(): Promise<void> {
	warming ??= practise();
	return warming;
}

async function practise(): Promise<void> {
	await MeshoptSimplifier.ready;
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
	await setTimeout(COMPILE_MS);
}
