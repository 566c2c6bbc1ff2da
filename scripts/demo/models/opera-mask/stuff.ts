/** What the mask is made of; the painter gives each its colours. */
export const MASK = {
	skin: 0,
	eye: 1,
	lid: 2,
	brow: 3,
	lip: 4,
	tooth: 5,
	gold: 6,
	beard: 7,
	crown: 8,
	red: 9,
	blue: 10,
	pearl: 11,
} as const;
