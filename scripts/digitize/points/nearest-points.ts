import type { Bounds } from '#schema/value/geometry';

/** Finds the points of a cloud near a place: a hash grid of linked lists. N×3 positions, not copied. */
export class NearestPoints {
	/** What `collect` found last. */
	found = new Uint32Array(256);
	squares = new Float64Array(256);
	readonly #positions: Float32Array;
	readonly #min: readonly [number, number, number];
	readonly #cellM: number;
	readonly #rings: number;
	readonly #head: Int32Array;
	readonly #next: Int32Array;
	/** The hash of each point's cell: tells its points from others in the same slot. */
	readonly #keys: Int32Array;

	/** `cellM` decides speed only: about twice the distance of neighbours is best. */
	constructor(positions: Float32Array, bounds: Bounds, cellM: number) {
		const count = positions.length / 3;
		this.#positions = positions;
		this.#min = bounds.min;
		const extent = Math.max(...bounds.max.map((v, k) => v - (bounds.min[k] ?? 0)));
		this.#cellM = cellM > 0 ? cellM : Math.max(extent, 1e-9);
		this.#rings = Math.ceil(extent / this.#cellM) + 1;
		const slots = 2 ** Math.ceil(Math.log2(Math.max(count, 16)));
		this.#head = new Int32Array(slots).fill(-1);
		this.#next = new Int32Array(count);
		this.#keys = new Int32Array(count);
		for (let i = count - 1; i >= 0; i -= 1) {
			const key = keyOf(this.#cell(i * 3, 0), this.#cell(i * 3, 1), this.#cell(i * 3, 2));
			const slot = key & (slots - 1);
			this.#keys[i] = key;
			this.#next[i] = this.#head[slot] ?? -1;
			this.#head[slot] = i;
		}
	}

	/** Distance to the nearest point, other than number `except`. Infinity when there is none. */
	distance(x: number, y: number, z: number, except = -1): number {
		let best = Infinity;
		const measure = (i: number, square: number) => {
			if (i !== except && square < best) best = square;
		};
		for (let ring = 0; ring <= this.#rings; ring += 1) {
			this.#visit(x, y, z, ring, measure);
			if (best <= (ring * this.#cellM) ** 2) break;
		}
		return Math.sqrt(best);
	}

	/**
	 * Finds the points within `radiusM` of a place and gives how many; their numbers and distances² (m²)
	 * are in `found` and `squares` until the next call. Without a callback a point: half the time.
	 */
	collect(x: number, y: number, z: number, radiusM: number): number {
		const [x0, x1] = this.#span(x, 0, radiusM);
		const [y0, y1] = this.#span(y, 1, radiusM);
		const [z0, z1] = this.#span(z, 2, radiusM);
		const limit = radiusM * radiusM;
		let count = 0;
		for (let cx = x0; cx <= x1; cx += 1) {
			for (let cy = y0; cy <= y1; cy += 1) {
				for (let cz = z0; cz <= z1; cz += 1) {
					count = this.#collectCell(keyOf(cx, cy, cz), x, y, z, limit, count);
				}
			}
		}
		return count;
	}

	/** The first and last cell along an axis that a reach touches. */
	#span(at: number, axis: 0 | 1 | 2, radiusM: number): [number, number] {
		const from = at - this.#min[axis];
		return [Math.floor((from - radiusM) / this.#cellM), Math.floor((from + radiusM) / this.#cellM)];
	}

	#collectCell(key: number, x: number, y: number, z: number, limit: number, from: number): number {
		const p = this.#positions;
		let count = from;
		for (let i = this.#head[key & (this.#head.length - 1)] ?? -1; i >= 0; i = this.#next[i] ?? -1) {
			if (this.#keys[i] !== key) continue;
			const dx = (p[i * 3] ?? 0) - x;
			const dy = (p[i * 3 + 1] ?? 0) - y;
			const dz = (p[i * 3 + 2] ?? 0) - z;
			const square = dx * dx + dy * dy + dz * dz;
			if (square > limit) continue;
			if (count === this.found.length) this.#grow();
			this.found[count] = i;
			this.squares[count] = square;
			count += 1;
		}
		return count;
	}

	#grow(): void {
		const { found, squares } = this;
		this.found = new Uint32Array(found.length * 2);
		this.found.set(found);
		this.squares = new Float64Array(squares.length * 2);
		this.squares.set(squares);
	}

	/** The points of the cells exactly `ring` cells away from a place. */
	#visit(
		x: number,
		y: number,
		z: number,
		ring: number,
		take: (i: number, square: number) => void,
	): void {
		const cx = Math.floor((x - this.#min[0]) / this.#cellM);
		const cy = Math.floor((y - this.#min[1]) / this.#cellM);
		const cz = Math.floor((z - this.#min[2]) / this.#cellM);
		for (let dx = -ring; dx <= ring; dx += 1) {
			for (let dy = -ring; dy <= ring; dy += 1) {
				const isShell = Math.abs(dx) === ring || Math.abs(dy) === ring;
				const step = isShell || ring === 0 ? 1 : ring * 2;
				for (let dz = -ring; dz <= ring; dz += step) {
					this.#list(cx + dx, cy + dy, cz + dz, x, y, z, take);
				}
			}
		}
	}

	#list(
		cx: number,
		cy: number,
		cz: number,
		x: number,
		y: number,
		z: number,
		take: (i: number, square: number) => void,
	): void {
		const p = this.#positions;
		const key = keyOf(cx, cy, cz);
		const slot = key & (this.#head.length - 1);
		for (let i = this.#head[slot] ?? -1; i >= 0; i = this.#next[i] ?? -1) {
			if (this.#keys[i] !== key) continue;
			const dx = (p[i * 3] ?? 0) - x;
			const dy = (p[i * 3 + 1] ?? 0) - y;
			const dz = (p[i * 3 + 2] ?? 0) - z;
			take(i, dx * dx + dy * dy + dz * dz);
		}
	}

	#cell(at: number, axis: 0 | 1 | 2): number {
		return Math.floor(((this.#positions[at + axis] ?? 0) - this.#min[axis]) / this.#cellM);
	}
}

/** Spreads neighbouring cells. Source: Teschner 2003, spatial hashing; finished as in MurmurHash3. */
function keyOf(x: number, y: number, z: number): number {
	let h = Math.imul(x, 73_856_093) ^ Math.imul(y, 19_349_663) ^ Math.imul(z, 83_492_791);
	h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
	return (h ^ (h >>> 13)) | 0;
}
