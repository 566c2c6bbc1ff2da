/** A number's own place in the forest, without the bit of its link. */
const PARENT = 0x7fffffff;

/**
 * Groups of the numbers 0 to `count` - 1, and for each whether it stands the same way round as its
 * group's first number or the other way. A group's root is its smallest number. Four bytes a number;
 * `count` below 2^31. Source: Tarjan 1975, with a bit of parity on each link.
 */
export class UnionFind {
	readonly #links: Int32Array;

	constructor(count: number) {
		this.#links = new Int32Array(count);
		for (let i = 0; i < count; i += 1) this.#links[i] = i;
	}

	/** The smallest number of its group, with the sign bit set where `number` stands the other way round. */
	find(number: number): number {
		const links = this.#links;
		let root = number;
		let parity = 0;
		for (;;) {
			const link = links[root] ?? 0;
			parity ^= link & ~PARENT;
			if ((link & PARENT) === root) break;
			root = link & PARENT;
		}
		let at = number;
		let rest = parity;
		while (at !== root) {
			const link = links[at] ?? 0;
			links[at] = root | rest;
			rest ^= link & ~PARENT;
			at = link & PARENT;
		}
		return root | parity;
	}

	/** The smallest number of its group. */
	root(number: number): number {
		return this.find(number) & PARENT;
	}

	/**
	 * Joins two groups, with `isOpposite` the two numbers stand opposite ways round. False when they
	 * were of one group already and stood otherwise.
	 */
	join(a: number, b: number, isOpposite: boolean): boolean {
		const first = this.find(a);
		const second = this.find(b);
		const rootA = first & PARENT;
		const rootB = second & PARENT;
		const parity = (first ^ second ^ (isOpposite ? ~PARENT : 0)) & ~PARENT;
		if (rootA === rootB) return parity === 0;
		if (rootA < rootB) this.#links[rootB] = rootA | parity;
		else this.#links[rootA] = rootB | parity;
		return true;
	}
}

/** Whether what `UnionFind.find` gave stands the other way round. */
export function isTurned(found: number): boolean {
	return found < 0;
}
