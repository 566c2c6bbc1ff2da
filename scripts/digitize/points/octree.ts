/** Points a tile may hold before it is split. */
const LEAF_POINTS = 40_000;
/** An octant with fewer points left is not worth a file; its parent shows them. */
const LEAST_POINTS = 2_000;
/** Cells a side of the grid from which a tile keeps one point each. */
const CELLS = 128;
/** The bit of a cell's number that says in which half it lies. */
const HALF_BITS = 6;
/** Points that lie in one place cannot be split; nothing real is this deep. */
const MAX_DEPTH = 18;
const OWN = 8;

/** A cube of space with its own points; its children add what is between them. */
export interface OctreeNode {
	/** `r`, then the number of the octant at every level. */
	name: string;
	min: readonly [number, number, number];
	sideM: number;
	/** Numbers of the points that this node shows; a view, valid until the next node. */
	own: Uint32Array;
	isLeaf: boolean;
}

/** The distance of the points that an inner node shows. */
export function nodeSpacingM({ sideM }: Pick<OctreeNode, 'sideM'>): number {
	return sideM / CELLS;
}

/**
 * An additive octree over points (N×3, metres): each inner node keeps the first point of every cell of
 * a grid of 128³ over its cube, and hands the others to its octants. Every point is in exactly one node.
 * Source: the modifiable nested octree of Scheiblauer and Wimmer 2011. Rejected: shuffling the points
 * first; it loses locality, and a grid needs no luck to be even.
 */
export class Octree {
	readonly #positions: Float32Array;
	readonly #order: Uint32Array;
	readonly #scratch: Uint32Array;
	readonly #codes: Uint8Array;
	readonly #met = new Uint32Array(CELLS ** 3 / 32);
	readonly #root: Pick<OctreeNode, 'min' | 'sideM'>;

	constructor(
		positions: Float32Array,
		min: readonly [number, number, number],
		max: readonly [number, number, number],
	) {
		const count = positions.length / 3;
		this.#positions = positions;
		this.#order = new Uint32Array(count);
		for (let i = 0; i < count; i += 1) this.#order[i] = i;
		this.#scratch = new Uint32Array(count);
		this.#codes = new Uint8Array(count);
		const sideM = Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2]) * 1.0001;
		this.#root = { min, sideM };
	}

	/** Visits every node, parents first; waits for each visit. Only once: the order is used up. */
	async walk(visit: (node: OctreeNode) => Promise<void>): Promise<void> {
		await this.#split('r', this.#root.min, this.#root.sideM, 0, this.#order.length, visit);
	}

	async #split(
		name: string,
		min: OctreeNode['min'],
		sideM: number,
		from: number,
		to: number,
		visit: (node: OctreeNode) => Promise<void>,
	): Promise<void> {
		const isLeaf = to - from <= LEAF_POINTS || name.length > MAX_DEPTH;
		if (isLeaf) {
			return await visit({ name, min, sideM, own: this.#order.subarray(from, to), isLeaf });
		}
		const ends = this.#partition(min, sideM, from, to);
		const own = this.#order.subarray(from, ends[OWN]);
		await visit({ name, min, sideM, own, isLeaf });
		let start = ends[OWN] ?? to;
		const half = sideM / 2;
		for (let octant = 0; octant < 8; octant += 1) {
			const end = ends[octant] ?? to;
			const corner: OctreeNode['min'] = [
				min[0] + (octant & 1) * half,
				min[1] + ((octant >> 1) & 1) * half,
				min[2] + ((octant >> 2) & 1) * half,
			];
			if (end > start) await this.#split(`${name}${octant}`, corner, half, start, end, visit);
			start = end;
		}
	}

	/** Sorts a range into own points and octants; gives where each ends, own points at 8. */
	#partition(min: OctreeNode['min'], sideM: number, from: number, to: number): Uint32Array {
		const counts = this.#classify(min, sideM, from, to);
		const isSmall = new Uint8Array(9);
		for (let octant = 0; octant < 8; octant += 1) {
			const count = counts[octant] ?? 0;
			if (count >= LEAST_POINTS) continue;
			isSmall[octant] = 1;
			counts[OWN] = (counts[OWN] ?? 0) + count;
			counts[octant] = 0;
		}
		const next = new Uint32Array(9);
		let at = from + (counts[OWN] ?? 0);
		next[OWN] = from;
		for (let octant = 0; octant < 8; octant += 1) {
			next[octant] = at;
			at += counts[octant] ?? 0;
		}
		for (let i = from; i < to; i += 1) {
			const code = this.#codes[i] ?? OWN;
			const place = isSmall[code] === 1 ? OWN : code;
			const slot = next[place] ?? from;
			this.#scratch[slot] = this.#order[i] ?? 0;
			next[place] = slot + 1;
		}
		this.#order.set(this.#scratch.subarray(from, to), from);
		return next;
	}

	/** Says of each point of a range whether it stays (8) or which octant it belongs to. */
	#classify(min: OctreeNode['min'], sideM: number, from: number, to: number): Uint32Array {
		const positions = this.#positions;
		const met = this.#met.fill(0);
		const counts = new Uint32Array(9);
		const scale = CELLS / sideM;
		const [mx, my, mz] = min;
		for (let i = from; i < to; i += 1) {
			const at = (this.#order[i] ?? 0) * 3;
			const x = inside(((positions[at] ?? 0) - mx) * scale);
			const y = inside(((positions[at + 1] ?? 0) - my) * scale);
			const z = inside(((positions[at + 2] ?? 0) - mz) * scale);
			const cell = x + CELLS * (y + CELLS * z);
			const bit = 1 << (cell & 31);
			const word = met[cell >> 5] ?? 0;
			const isNew = (word & bit) === 0;
			met[cell >> 5] = word | bit;
			const code = isNew
				? OWN
				: (x >> HALF_BITS) | ((y >> HALF_BITS) << 1) | ((z >> HALF_BITS) << 2);
			this.#codes[i] = code;
			counts[code] = (counts[code] ?? 0) + 1;
		}
		return counts;
	}
}

function inside(cell: number): number {
	const whole = cell | 0;
	return whole < 0 ? 0 : whole >= CELLS ? CELLS - 1 : whole;
}
