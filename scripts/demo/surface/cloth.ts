import { gridSurface } from './grid-surface.ts';
import type { Mesh, Vec2 } from './mesh.ts';
import { noise } from './noise.ts';

interface ClothOptions {
	/** Middle of the upper edge, metres. */
	readonly top: readonly [x: number, y: number, z: number];
	readonly widthM: number;
	readonly heightM: number;
	readonly columns: number;
	readonly rows: number;
	/** Depth of the folds at the lower edge, metres, and how many there are across. */
	readonly foldM: number;
	readonly folds: number;
	readonly seed: number;
	/** How far the lower edge is drawn up at −1..1 across, metres: scallops, points. */
	readonly hemM?: (across: number) => number;
	/** Sideways drift of the lower end, metres. */
	readonly driftM?: number;
	readonly uv?: (u: number, v: number) => Vec2;
}

/** A length of cloth hung by its upper edge, facing +z, its folds deepening on the way down. */
export function cloth(options: ClothOptions): Mesh {
	const { top, widthM, heightM, foldM, folds, seed, hemM, driftM = 0 } = options;
	return gridSurface({
		columns: options.columns,
		rows: options.rows,
		at: (u, w) => {
			const down = 1 - w;
			const across = u * 2 - 1;
			const wander = 0.5 * noise(down * 2.2, seed, 0, seed);
			const phase = (u * folds + wander) * 2 * Math.PI + seed;
			const depth = foldM * (0.25 + 0.75 * down) * (0.75 + 0.25 * noise(u * 3, down * 3, seed, 3));
			const lean = foldM * 1.2 * noise(down * 1.6, across * 0.4, seed + 4, seed) * down;
			const small = foldM * 0.12 * noise(u * 9, down * 14, seed, 11);
			const drawnIn = 1 - (0.35 * foldM * folds * down) / widthM;
			const x =
				top[0] +
				(across * widthM * drawnIn) / 2 +
				driftM * down * down +
				0.2 * depth * Math.cos(phase);
			const length = heightM - (hemM ? hemM(across) : 0);
			return [x, top[1] - down * length, top[2] + depth * Math.sin(phase) + lean + small];
		},
		uv: (u, v) => (options.uv ? options.uv(u, 1 - v) : [u, 1 - v]),
	});
}

/** The line of a row (v) or column of a grid cloth as points, for braid and fringe along its edge. */
export function edgeOf(
	m: Mesh,
	columns: number,
	rows: number,
	edge: 'left' | 'right' | 'hem',
): (readonly [number, number, number])[] {
	const count = edge === 'hem' ? columns + 1 : rows + 1;
	return Array.from({ length: count }, (_, i) => {
		const at = edge === 'hem' ? i : i * (columns + 1) + (edge === 'right' ? columns : 0);
		return [
			m.positions[at * 3] ?? 0,
			m.positions[at * 3 + 1] ?? 0,
			m.positions[at * 3 + 2] ?? 0,
		] as const;
	});
}
