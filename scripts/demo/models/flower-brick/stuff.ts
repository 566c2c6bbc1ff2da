/** What the brick is made of; the painter gives each its glaze. */
export const BRICK = {
	clay: 0,
	frame: 1,
	ground: 2,
	bead: 3,
	leaf: 4,
	stem: 5,
	petal: 6,
	heart: 7,
} as const;
