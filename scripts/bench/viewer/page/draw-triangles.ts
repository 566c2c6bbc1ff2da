/** The values of WebGL's constants that these counts need. */
const TRIANGLES = 4;
const TRIANGLE_STRIP = 5;
const TRIANGLE_FAN = 6;

/** Triangles that `count` vertices or indices make in a drawing mode of WebGL; points and lines make none. */
export function trianglesIn(mode: number, count: number): number {
	if (mode === TRIANGLES) return Math.floor(count / 3);
	if (mode === TRIANGLE_STRIP || mode === TRIANGLE_FAN) return Math.max(count - 2, 0);
	return 0;
}

/** Where a draw call of WebGL 2 has its vertex count, and where its number of instances. */
const PLACES: Record<string, { count: number; instances?: number }> = {
	drawArrays: { count: 2 },
	drawElements: { count: 1 },
	drawRangeElements: { count: 3 },
	drawArraysInstanced: { count: 2, instances: 3 },
	drawElementsInstanced: { count: 1, instances: 4 },
};

/** Where a draw call of WEBGL_multi_draw has its list of counts and the first to take, its instances, and how many draws. */
const MULTI_PLACES: Record<string, { counts: number; instances?: number; draws: number }> = {
	multiDrawArraysWEBGL: { counts: 3, draws: 5 },
	multiDrawElementsWEBGL: { counts: 1, draws: 6 },
	multiDrawArraysInstancedWEBGL: { counts: 3, instances: 5, draws: 7 },
	multiDrawElementsInstancedWEBGL: { counts: 1, instances: 6, draws: 8 },
};

export const DRAW_CALLS: readonly string[] = Object.keys(PLACES);
export const MULTI_DRAW_CALLS: readonly string[] = Object.keys(MULTI_PLACES);

/** Triangles that one draw call submits, told from its arguments; 0 for a call that is none of `DRAW_CALLS` and `MULTI_DRAW_CALLS`. */
export function trianglesOfCall(name: string, args: readonly unknown[]): number {
	const mode = Number(args[0]);
	const one = PLACES[name];
	if (one !== undefined) {
		const instances = one.instances === undefined ? 1 : Number(args[one.instances]);
		return trianglesIn(mode, Number(args[one.count])) * instances;
	}
	const many = MULTI_PLACES[name];
	if (many === undefined) return 0;
	let sum = 0;
	for (let draw = 0; draw < Number(args[many.draws]); draw += 1) {
		const instances = many.instances === undefined ? 1 : listed(args, many.instances, draw);
		sum += trianglesIn(mode, listed(args, many.counts, draw)) * instances;
	}
	return sum;
}

/** The entry of a list among the arguments, which is followed by where to start in it. */
function listed(args: readonly unknown[], at: number, draw: number): number {
	const list = args[at] as ArrayLike<number>;
	return list[Number(args[at + 1]) + draw] ?? 0;
}
