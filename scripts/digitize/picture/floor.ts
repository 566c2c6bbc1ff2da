import { type LightMap, LightTable, ROW } from './light-map.ts';

/**
 * How much of some lights reaches the floor (y = 0) round a piece, on a square grid that reaches
 * `reachM` metres from the middle; 0 to 1, weighted as a floor weighs them.
 */
export interface FloorLight {
	cells: number;
	reachM: number;
	light: Float32Array;
}

/** Asks the shadow maps at every crossing of a grid with `cells` cells a side. */
export function lightFloor(maps: LightMap[], reachM: number, cells: number): FloorLight {
	const table = new LightTable(maps);
	const light = new Float32Array(new SharedArrayBuffer((cells + 1) ** 2 * 4));
	const weights = maps.map((_, i) => Math.max(table.rows[i * ROW + 9] ?? 0, 0));
	const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
	for (const [map, weight] of weights.entries()) {
		const push = (table.rows[map * ROW + 12] ?? 0) * (1 - weight);
		for (let at = 0; at < light.length; at += 1) {
			const x = ((at % (cells + 1)) / cells) * 2 * reachM - reachM;
			const z = (Math.floor(at / (cells + 1)) / cells) * 2 * reachM - reachM;
			light[at] = (light[at] ?? 0) + (table.lit(map, x, push, z) * weight) / total;
		}
	}
	return { cells, reachM, light };
}

/** The light at a point of the floor, bilinear, within the square. */
export function floorAt({ cells, reachM, light }: FloorLight, x: number, z: number): number {
	const u = Math.min(Math.max(((x + reachM) / (2 * reachM)) * cells, 0), cells);
	const v = Math.min(Math.max(((z + reachM) / (2 * reachM)) * cells, 0), cells);
	const column = Math.min(Math.floor(u), cells - 1);
	const row = Math.min(Math.floor(v), cells - 1);
	const near = row * (cells + 1) + column;
	const far = near + cells + 1;
	const [fu, fv] = [u - column, v - row];
	const top = (light[near] ?? 0) * (1 - fu) + (light[near + 1] ?? 0) * fu;
	const bottom = (light[far] ?? 0) * (1 - fu) + (light[far + 1] ?? 0) * fu;
	return top * (1 - fv) + bottom * fv;
}
