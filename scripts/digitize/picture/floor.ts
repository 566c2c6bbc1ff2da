import type { Shader } from './shade.ts';

/** Cells a side of the grid of light on the floor. */
const CELLS = 160;

/** How much of the key and of the dome reaches the floor round a piece; asked once a cell. */
export class FloorLight {
	readonly #light = new Float32Array((CELLS + 1) * (CELLS + 1) * 2);
	readonly #reachM: number;

	/** Looks at a square of the floor (y = 0) that reaches `reachM` metres from the middle. */
	constructor(shader: Shader, reachM: number) {
		this.#reachM = reachM;
		for (let row = 0; row <= CELLS; row += 1) {
			for (let column = 0; column <= CELLS; column += 1) {
				const x = (column / CELLS) * 2 * reachM - reachM;
				const z = (row / CELLS) * 2 * reachM - reachM;
				const { key, dome } = shader.floor(x, 0, z);
				const at = (row * (CELLS + 1) + column) * 2;
				this.#light[at] = key;
				this.#light[at + 1] = dome;
			}
		}
	}

	/** The key (0) or the dome (1) at a point of the floor, bilinear, within the square. */
	at(x: number, z: number, which: 0 | 1): number {
		const u = Math.min(Math.max(((x + this.#reachM) / (2 * this.#reachM)) * CELLS, 0), CELLS);
		const v = Math.min(Math.max(((z + this.#reachM) / (2 * this.#reachM)) * CELLS, 0), CELLS);
		const column = Math.min(Math.floor(u), CELLS - 1);
		const row = Math.min(Math.floor(v), CELLS - 1);
		const near = (row * (CELLS + 1) + column) * 2 + which;
		const far = near + (CELLS + 1) * 2;
		const [fu, fv] = [u - column, v - row];
		const top = (this.#light[near] ?? 0) * (1 - fu) + (this.#light[near + 2] ?? 0) * fu;
		const bottom = (this.#light[far] ?? 0) * (1 - fu) + (this.#light[far + 2] ?? 0) * fu;
		return top * (1 - fv) + bottom * fv;
	}
}
