/** How strong each light of a gallery is: three's intensities, for a piece of any size. */
export interface LightLevels {
	key: number;
	rim: number;
	fill: number;
	probe: number;
	lamp: number;
}

/** The light on a piece in a dark gallery. */
export const GALLERY: LightLevels = { key: 1.75, rim: 0.75, fill: 0.2, probe: 0.52, lamp: 0 };
/** Nearly none of it, and a lamp in the visitor's hand. */
export const TORCH: LightLevels = { key: 0.06, rim: 0.06, fill: 0.05, probe: 0.09, lamp: 2.6 };

/** Light from above and from below: linear sRGB, as a hemisphere light of intensity 1 has it. */
export interface Hemisphere {
	sky: readonly [number, number, number];
	ground: readonly [number, number, number];
}

/** The fill of level 1. */
const FILL: Hemisphere = { sky: [0.807, 0.716, 0.578], ground: [0.023, 0.015, 0.01] };
/**
 * What a dull surface receives from the probe at level 1, straight from above and from below, less a
 * tenth: the hemisphere gives the sides too much. On the sample pieces it is as bright as the probe.
 */
const PROBE: Hemisphere = { sky: [3.41, 2.72, 1.89], ground: [0.125, 0.077, 0.045] };

/** The fill while `probeShare` (0 to 1) of the probe has come: it stands in for the rest. */
export function fillAt(levels: LightLevels, probeShare: number): Hemisphere {
	const missing = levels.probe * (1 - probeShare);
	const mix = (from: keyof Hemisphere): [number, number, number] => {
		const [fill, probe] = [FILL[from], PROBE[from]];
		const part = (i: 0 | 1 | 2) => fill[i] * levels.fill + probe[i] * missing;
		return [part(0), part(1), part(2)];
	};
	return { sky: mix('sky'), ground: mix('ground') };
}
