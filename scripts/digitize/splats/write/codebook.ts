const ENTRIES = 256;
const BINS = 1 << 16;
const SWEEPS = 24;

/** 256 values that stand for many, and which of them stands for each. */
export interface Codebook {
	/** Ascending. */
	values: number[];
	labels: Uint8Array;
}

/**
 * Chooses 256 values that stand for all numbers with little error: k-means in one dimension over a
 * histogram of 65,536 bins, begun at equal shares of the numbers. Source: Lloyd 1982. Deterministic.
 */
export function codebookOf(numbers: Float32Array): Codebook {
	let [low, high] = [Infinity, -Infinity];
	for (const value of numbers) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	const scale = high > low ? (BINS - 1) / (high - low) : 0;
	const bins = new Float64Array(BINS);
	for (const value of numbers) {
		const bin = Math.round((value - low) * scale);
		bins[bin] = (bins[bin] ?? 0) + 1;
	}
	const centres = equalShares(bins, numbers.length);
	for (let i = 0; i < SWEEPS; i += 1) improve(bins, centres);
	const owner = ownersOf(centres);
	const labels = new Uint8Array(numbers.length);
	for (let i = 0; i < numbers.length; i += 1) {
		labels[i] = owner[Math.round(((numbers[i] ?? 0) - low) * scale)] ?? 0;
	}
	const values = [...centres].map((bin) => (scale > 0 ? low + bin / scale : low));
	return { values, labels };
}

function equalShares(bins: Float64Array, total: number): Float64Array {
	const centres = new Float64Array(ENTRIES);
	let [sum, bin] = [0, 0];
	for (let c = 0; c < ENTRIES; c += 1) {
		const wanted = ((c + 0.5) / ENTRIES) * total;
		while (bin < BINS - 1 && sum + (bins[bin] ?? 0) < wanted) {
			sum += bins[bin] ?? 0;
			bin += 1;
		}
		centres[c] = bin;
	}
	return centres;
}

/** Moves every centre to the mean of the numbers nearest to it. */
function improve(bins: Float64Array, centres: Float64Array): void {
	const owner = ownersOf(centres);
	const sums = new Float64Array(ENTRIES);
	const counts = new Float64Array(ENTRIES);
	for (let bin = 0; bin < BINS; bin += 1) {
		const count = bins[bin] ?? 0;
		if (count === 0) continue;
		const c = owner[bin] ?? 0;
		sums[c] = (sums[c] ?? 0) + bin * count;
		counts[c] = (counts[c] ?? 0) + count;
	}
	for (let c = 0; c < ENTRIES; c += 1) {
		if ((counts[c] ?? 0) > 0) centres[c] = (sums[c] ?? 0) / (counts[c] ?? 1);
	}
	centres.sort();
}

/** The nearest centre of each bin. */
function ownersOf(centres: Float64Array): Uint8Array {
	const owner = new Uint8Array(BINS);
	let c = 0;
	for (let bin = 0; bin < BINS; bin += 1) {
		const next = (): number => Math.abs((centres[c + 1] ?? Infinity) - bin);
		while (c < ENTRIES - 1 && next() <= Math.abs((centres[c] ?? 0) - bin)) c += 1;
		owner[bin] = c;
	}
	return owner;
}
