/** Unfolds an octahedral normal of 8 bits a component (as EXT_meshopt_compression) into `out`, unit. */
export function normalOf(u: number, v: number, out: Float32Array): void {
	let x = u / 127;
	let y = v / 127;
	const z = 1 - Math.abs(x) - Math.abs(y);
	const fold = Math.max(-z, 0);
	x += x >= 0 ? -fold : fold;
	y += y >= 0 ? -fold : fold;
	const length = Math.hypot(x, y, z) || 1;
	out[0] = x / length;
	out[1] = y / length;
	out[2] = z / length;
}
