/**
 * Measures triangles one after the other without making an object for each: `doubleArea`, and
 * `sixVolume` of the tetrahedron to `apex`, positive where the triangle turns its back on it.
 */
export class TriangleRuler {
	readonly #positions: Float32Array;
	readonly #x: number;
	readonly #y: number;
	readonly #z: number;
	doubleArea = 0;
	sixVolume = 0;

	constructor(positions: Float32Array, apex: readonly [number, number, number] = [0, 0, 0]) {
		this.#positions = positions;
		[this.#x, this.#y, this.#z] = apex;
	}

	/** Takes the numbers of three vertices. */
	measure(a: number, b: number, c: number): void {
		const p = this.#positions;
		const ax = p[a * 3] ?? 0;
		const ay = p[a * 3 + 1] ?? 0;
		const az = p[a * 3 + 2] ?? 0;
		const ux = (p[b * 3] ?? 0) - ax;
		const uy = (p[b * 3 + 1] ?? 0) - ay;
		const uz = (p[b * 3 + 2] ?? 0) - az;
		const vx = (p[c * 3] ?? 0) - ax;
		const vy = (p[c * 3 + 1] ?? 0) - ay;
		const vz = (p[c * 3 + 2] ?? 0) - az;
		const nx = uy * vz - uz * vy;
		const ny = uz * vx - ux * vz;
		const nz = ux * vy - uy * vx;
		this.doubleArea = Math.sqrt(nx * nx + ny * ny + nz * nz);
		this.sixVolume = (ax - this.#x) * nx + (ay - this.#y) * ny + (az - this.#z) * nz;
	}
}
