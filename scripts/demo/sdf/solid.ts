/** A function of a point; metres, +Y up. */
export type Field = (x: number, y: number, z: number) => number;

/**
 * A body as a signed distance field (metres, negative inside). Distances may be estimates as long as
 * they are right at the surface and change by no more than about a metre a metre near it.
 */
export interface Solid {
	readonly at: Field;
	/**
	 * The same body, thinned to what matters within `reachM` of a point: equal there, cheaper, and
	 * meaningless elsewhere. This is what makes a hundred parts affordable.
	 */
	readonly near?: (x: number, y: number, z: number, reachM: number) => Solid;
	/** What the surface nearest to the point is made of; the painter gives the numbers a meaning. */
	readonly stuff?: Field;
}

/** Estimates may grow this much faster than a true distance before pruning drops what it should keep. */
export const SLACK = 1.3;

/** Fillets may be this wide; what is farther from a surface than this cannot bend it. */
export const WIDEST_FILLET_M = 0.014;

/** The body where it matters, or itself when it cannot be thinned. */
export function nearby(solid: Solid, x: number, y: number, z: number, reachM: number): Solid {
	return solid.near?.(x, y, z, reachM) ?? solid;
}

/** Says what a body is made of. */
export function madeOf(stuff: number, solid: Solid): Solid {
	return {
		at: solid.at,
		stuff: () => stuff,
		near: (x, y, z, reachM) => {
			const thin = nearby(solid, x, y, z, reachM);
			return thin === solid ? madeOf(stuff, solid) : madeOf(stuff, thin);
		},
	};
}
