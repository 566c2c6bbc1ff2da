/**
 * Device pixels that one metre covers at `distanceM` in a perspective camera of vertical field
 * `fovRad` on a canvas `heightPx` device pixels high. Distances under a centimetre count as one.
 */
export function pxPerMetre(distanceM: number, fovRad: number, heightPx: number): number {
	return heightPx / (2 * Math.max(distanceM, 0.01) * Math.tan(fovRad / 2));
}
