import { type SplatCloud, selectSplats } from './splat-cloud.ts';

/** Splats that stay may grow at most this much, to cover for those that go. */
const MOST_GROWTH = 2.5;

/**
 * The splats that matter most for the whole picture, at most `target`: by opacity times area, in the
 * order of the file; they grow a little so that surfaces stay closed. A new cloud; harmonics are kept.
 */
export function reduceSplats(cloud: SplatCloud, target: number): SplatCloud {
	if (cloud.count <= target) return cloud;
	const weights = new Float32Array(cloud.count);
	let total = 0;
	for (let i = 0; i < cloud.count; i += 1) {
		weights[i] = importance(cloud, i);
		total += weights[i] ?? 0;
	}
	const sorted = weights.slice().sort();
	const limit = sorted[sorted.length - target] ?? 0;
	const kept: number[] = [];
	let share = 0;
	for (let i = 0; i < cloud.count && kept.length < target; i += 1) {
		if ((weights[i] ?? 0) < limit) continue;
		kept.push(i);
		share += weights[i] ?? 0;
	}
	const reduced = selectSplats(cloud, Uint32Array.from(kept));
	const growth = Math.log(Math.min(Math.sqrt(total / Math.max(share, 1e-30)), MOST_GROWTH));
	for (let i = 0; i < reduced.scales.length; i += 1) {
		reduced.scales[i] = (reduced.scales[i] ?? 0) + growth;
	}
	return reduced;
}

/** Opacity times the area of the two longer axes. */
function importance({ opacities, scales }: SplatCloud, i: number): number {
	const [a = 0, b = 0, c = 0] = [scales[i * 3], scales[i * 3 + 1], scales[i * 3 + 2]];
	return (opacities[i] ?? 0) * Math.exp(a + b + c - Math.min(a, b, c));
}
