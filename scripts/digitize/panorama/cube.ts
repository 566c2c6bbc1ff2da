/** The six faces, in the order they are made: the axis that each looks along, +Y up. */
export const FACES = ['px', 'nx', 'py', 'ny', 'pz', 'nz'] as const;
export type Face = (typeof FACES)[number];

export type Direction = [x: number, y: number, z: number];

/**
 * Where a place on a face lies, seen from the middle of the cube (not normalised). `u` goes right and
 * `v` goes down, both −1 to 1. The frame is glTF's: the middle of the panorama is −Z, forward; what
 * is right of it +X; +Y is up. Side faces stand upright; the top of `py` is behind the viewer (+Z),
 * the top of `ny` before them (−Z), as one sees them tilting the head.
 */
export function directionOf(face: Face, u: number, v: number): Direction {
	switch (face) {
		case 'px':
			return [1, -v, u];
		case 'nx':
			return [-1, -v, -u];
		case 'py':
			return [u, 1, -v];
		case 'ny':
			return [u, -1, v];
		case 'pz':
			return [-u, -v, 1];
		case 'nz':
			return [u, -v, -1];
	}
}
