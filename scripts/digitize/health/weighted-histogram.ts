/** Steps a doubling, and how many doublings each way from 1. */
const STEPS = 64;
const DOUBLINGS = 48;

/**
 * Quantiles of weighted positive numbers from 2^-48 to 2^48 in a fixed 100 KB, right to 1 %; exact
 * where all numbers of a step are equal.
 */
export class WeightedHistogram {
	readonly #weights = new Float64Array(2 * DOUBLINGS * STEPS);
	readonly #sums = new Float64Array(2 * DOUBLINGS * STEPS);
	#weight = 0;

	add(value: number, weight: number): void {
		if (!(value > 0 && weight > 0)) return;
		const step = Math.floor((Math.log2(value) + DOUBLINGS) * STEPS);
		if (!(step >= 0 && step < this.#weights.length)) return;
		this.#weights[step] = (this.#weights[step] ?? 0) + weight;
		this.#sums[step] = (this.#sums[step] ?? 0) + weight * value;
		this.#weight += weight;
	}

	/** The number below which `share` of the weight lies; undefined of nothing. */
	quantile(share: number): number | undefined {
		if (this.#weight === 0) return undefined;
		let below = 0;
		let last: number | undefined;
		for (let step = 0; step < this.#weights.length; step += 1) {
			const weight = this.#weights[step] ?? 0;
			if (weight === 0) continue;
			below += weight;
			last = (this.#sums[step] ?? 0) / weight;
			if (below >= share * this.#weight) return last;
		}
		return last;
	}
}
