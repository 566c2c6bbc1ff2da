import { FloatList } from './index-list.ts';

/**
 * Gives every place one number, in order of first appearance, by the exact bits of its three floats;
 * 0 and -0 are one place. Open addressing; grows by doubling.
 */
export class PositionTable {
	#slots: Int32Array;
	#count = 0;
	readonly #positions: FloatList;
	readonly #floats = new Float32Array(3);
	readonly #bits = new Uint32Array(this.#floats.buffer);

	/** Room for so many places before the first growth. */
	constructor(capacity: number) {
		let size = 4096;
		while (size < capacity * 1.5) size *= 2;
		this.#slots = new Int32Array(size).fill(-1);
		this.#positions = new FloatList(capacity * 3);
	}

	/** The number of the place at (x, y, z). */
	place(x: number, y: number, z: number): number {
		const floats = this.#floats;
		floats[0] = x + 0;
		floats[1] = y + 0;
		floats[2] = z + 0;
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = this.#hash() & mask;
		for (;;) {
			const known = slots[slot] ?? -1;
			if (known === -1) break;
			if (this.#isAt(known)) return known;
			slot = (slot + 1) & mask;
		}
		slots[slot] = this.#count;
		for (let k = 0; k < 3; k += 1) this.#positions.push(floats[k] ?? 0);
		this.#count += 1;
		if (this.#count * 1.5 > slots.length) this.#grow();
		return this.#count - 1;
	}

	/** The places, N×3. */
	positions(): Float32Array {
		return this.#positions.view().slice();
	}

	#isAt(place: number): boolean {
		const known = this.#positions.array;
		const floats = this.#floats;
		const at = place * 3;
		return known[at] === floats[0] && known[at + 1] === floats[1] && known[at + 2] === floats[2];
	}

	#hash(): number {
		const bits = this.#bits;
		let hash = Math.imul(bits[0] ?? 0, 0x9e3779b1) ^ Math.imul(bits[1] ?? 0, 0x85ebca77);
		hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae3d) ^ Math.imul(bits[2] ?? 0, 0x27d4eb2f);
		hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
		return (hash ^ (hash >>> 16)) >>> 0;
	}

	#grow(): void {
		const places = this.#positions.array;
		const slots = new Int32Array(this.#slots.length * 2).fill(-1);
		const mask = slots.length - 1;
		for (let place = 0; place < this.#count; place += 1) {
			this.#floats.set(places.subarray(place * 3, place * 3 + 3));
			let slot = this.#hash() & mask;
			while (slots[slot] !== -1) slot = (slot + 1) & mask;
			slots[slot] = place;
		}
		this.#slots = slots;
	}
}
