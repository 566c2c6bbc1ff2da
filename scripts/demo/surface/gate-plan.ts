/** The plan every part of the hall gate is measured from; metres of the 1:20 model. */
export const GATE = {
	/** Tops of the display plinth and of the stone platform. */
	plinthTopM: 0.024,
	floorM: 0.074,
	columnTopM: 0.265,
	/** Column lines along x, and the same as half sizes. */
	columnX: [-0.29, -0.105, 0.105, 0.29],
	bayM: 0.105,
	halfM: 0.29,
	/** Front and back column lines stand this far before and behind the middle. */
	depthM: 0.145,
} as const;
