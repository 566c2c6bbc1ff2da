/** What the ridge beast is made of; the painter gives each its glaze. */
export const STUFF = {
	clay: 0,
	ridge: 1,
	scales: 2,
	head: 3,
	mane: 4,
	tooth: 5,
	eye: 6,
	pupil: 7,
	fin: 8,
	smallDragon: 9,
	sword: 10,
	horn: 11,
	mouth: 12,
	claw: 13,
	wall: 14,
	lip: 15,
} as const;
