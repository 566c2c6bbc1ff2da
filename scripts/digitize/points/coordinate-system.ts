/** A unit of length as a file names it. */
export interface NamedUnit {
	name: string;
	/** How long it is; undefined when it is none we know. */
	metres: number | undefined;
}

/** What a file says of the space in which its points lie. */
export interface CoordinateSystem {
	name: string;
	/** Over the ground; in degrees; from the middle of the earth. */
	kind: 'projected' | 'geographic' | 'geocentric';
	/** Along the ground, and upwards; undefined where the file does not say. */
	ground: NamedUnit | undefined;
	height: NamedUnit | undefined;
}

const LONGEST_NAME = 200;

/** A name of a file for people to read: without control characters, and not endless. */
export function cleanName(text: string): string {
	return text.replaceAll(/[^\P{C}]/gu, '').slice(0, LONGEST_NAME);
}
