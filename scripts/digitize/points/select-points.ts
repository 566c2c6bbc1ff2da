/** Positions (N×3, metres) and colours (N×3, sRGB bytes). */
export interface PaintedPoints {
	positions: Float32Array;
	colours: Uint8Array;
}

/** The points with these numbers, in this order; the same arrays when all are asked for. */
export function selectPoints(
	{ positions, colours }: PaintedPoints,
	numbers: Uint32Array,
): PaintedPoints {
	const length = numbers.length * 3;
	if (length === positions.length) return { positions, colours };
	const some = { positions: new Float32Array(length), colours: new Uint8Array(length) };
	for (let i = 0; i < numbers.length; i += 1) {
		const from = (numbers[i] ?? 0) * 3;
		const to = i * 3;
		some.positions[to] = positions[from] ?? 0;
		some.positions[to + 1] = positions[from + 1] ?? 0;
		some.positions[to + 2] = positions[from + 2] ?? 0;
		some.colours[to] = colours[from] ?? 0;
		some.colours[to + 1] = colours[from + 1] ?? 0;
		some.colours[to + 2] = colours[from + 2] ?? 0;
	}
	return some;
}
