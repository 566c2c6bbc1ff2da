/** The six faces, in the order they are made: the axis that each looks along, +Y up. */
export const FACES = ['px', 'nx', 'py', 'ny', 'pz', 'nz'] as const;
export type Face = (typeof FACES)[number];

type Axis = readonly [x: number, y: number, z: number];

/** Where a face looks, and what lies right of and below its middle, as unit vectors. */
interface FaceFrame {
	look: Axis;
	right: Axis;
	down: Axis;
}

/**
 * The faces in the frame of glTF: the middle of the panorama is −Z, forward; what is right of it +X;
 * +Y is up. A place on a face lies in the direction look + u · right + v · down, u and v −1 to 1. Side
 * faces stand upright; the top of `py` is behind the viewer (+Z), the top of `ny` before them (−Z), as
 * one sees them tilting the head.
 */
export const FACE_FRAMES: Record<Face, FaceFrame> = {
	px: { look: [1, 0, 0], right: [0, 0, 1], down: [0, -1, 0] },
	nx: { look: [-1, 0, 0], right: [0, 0, -1], down: [0, -1, 0] },
	py: { look: [0, 1, 0], right: [1, 0, 0], down: [0, 0, -1] },
	ny: { look: [0, -1, 0], right: [1, 0, 0], down: [0, 0, 1] },
	pz: { look: [0, 0, 1], right: [-1, 0, 0], down: [0, -1, 0] },
	nz: { look: [0, 0, -1], right: [1, 0, 0], down: [0, -1, 0] },
};
