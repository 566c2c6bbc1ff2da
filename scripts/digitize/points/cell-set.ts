/** Cells a side that a key can tell apart. */
const SIDE = 2 ** 17;

/** The cells of a cubic grid that were met so far. Open addressing; grows as it fills. */
export class CellSet {
	#keys = new Float64Array(1 << 12).fill(-1);
	#mask = (1 << 12) - 1;
	#size = 0;

	/** How many cells were met. */
	get size(): number {
		return this.#size;
	}

	/** Meets a cell (each coordinate 0 to 131,071); true for the first time. */
	add(x: number, y: number, z: number): boolean {
		const key = x + SIDE * (y + SIDE * z);
		let slot = slotOf(x, y, z) & this.#mask;
		while (this.#keys[slot] !== -1) {
			if (this.#keys[slot] === key) return false;
			slot = (slot + 1) & this.#mask;
		}
		this.#keys[slot] = key;
		this.#size += 1;
		if (this.#size * 2 > this.#mask) this.#grow();
		return true;
	}

	#grow(): void {
		const old = this.#keys;
		this.#mask = old.length * 2 - 1;
		this.#keys = new Float64Array(old.length * 2).fill(-1);
		for (const key of old) {
			if (key === -1) continue;
			const x = key % SIDE;
			const rest = (key - x) / SIDE;
			const y = rest % SIDE;
			let slot = slotOf(x, y, (rest - y) / SIDE) & this.#mask;
			while (this.#keys[slot] !== -1) slot = (slot + 1) & this.#mask;
			this.#keys[slot] = key;
		}
	}
}

/** Spreads neighbouring cells. Source: Teschner 2003, spatial hashing; finished as in MurmurHash3. */
function slotOf(x: number, y: number, z: number): number {
	let h = Math.imul(x, 73_856_093) ^ Math.imul(y, 19_349_663) ^ Math.imul(z, 83_492_791);
	h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
	return (h ^ (h >>> 13)) >>> 0;
}
