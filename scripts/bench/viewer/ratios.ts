/** The middle of a list, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
	return ((sorted[low] ?? Number.NaN) + (sorted[high] ?? Number.NaN)) / 2;
}

/**
 * The median of the ratios of each round, not the ratio of medians: what slowed one round down slowed
 * both down. Rounds without a ratio (nothing over nothing) are left out; NaN when none is left.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
	const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
	return median(ratios.filter((ratio) => !Number.isNaN(ratio)));
}
