import type { Point } from './primitives.ts';
import { nearby, type Solid } from './solid.ts';

/** Moves a body. */
export function moved([dx, dy, dz]: Point, solid: Solid): Solid {
	const { stuff } = solid;
	return {
		at: (x, y, z) => solid.at(x - dx, y - dy, z - dz),
		...(stuff && { stuff: (x: number, y: number, z: number) => stuff(x - dx, y - dy, z - dz) }),
		near: (x, y, z, reachM) => moved([dx, dy, dz], nearby(solid, x - dx, y - dy, z - dz, reachM)),
	};
}

/** Makes a body `factor` times as large, from the origin. */
export function enlarged(factor: number, solid: Solid): Solid {
	const { stuff } = solid;
	const f = factor;
	return {
		at: (x, y, z) => solid.at(x / f, y / f, z / f) * f,
		...(stuff && { stuff: (x: number, y: number, z: number) => stuff(x / f, y / f, z / f) }),
		near: (x, y, z, reachM) => enlarged(f, nearby(solid, x / f, y / f, z / f, reachM / f)),
	};
}

/** Turns a body around x (0), y (1) or z (2), counter-clockwise seen from that axis' end. */
export function turnedBy(axis: 0 | 1 | 2, angleRad: number, solid: Solid): Solid {
	const cos = Math.cos(angleRad);
	const sin = Math.sin(angleRad);
	const through =
		<T>(visit: (x: number, y: number, z: number) => T) =>
		(x: number, y: number, z: number): T => {
			if (axis === 0) return visit(x, cos * y + sin * z, cos * z - sin * y);
			if (axis === 1) return visit(cos * x - sin * z, y, cos * z + sin * x);
			return visit(cos * x + sin * y, cos * y - sin * x, z);
		};
	const { stuff } = solid;
	return {
		at: through(solid.at),
		...(stuff && { stuff: through(stuff) }),
		near: (x, y, z, reachM) =>
			turnedBy(axis, angleRad, through((u, v, w) => nearby(solid, u, v, w, reachM))(x, y, z)),
	};
}

/** The half with z ≥ 0, and its mirror image. */
export function mirroredZ(solid: Solid): Solid {
	const { stuff } = solid;
	return {
		at: (x, y, z) => solid.at(x, y, Math.abs(z)),
		...(stuff && { stuff: (x: number, y: number, z: number) => stuff(x, y, Math.abs(z)) }),
		near: (x, y, z, reachM) => mirroredZ(nearby(solid, x, y, Math.abs(z), reachM)),
	};
}

/** The half with x ≥ 0, and its mirror image. */
export function mirroredX(solid: Solid): Solid {
	const { stuff } = solid;
	return {
		at: (x, y, z) => solid.at(Math.abs(x), y, z),
		...(stuff && { stuff: (x: number, y: number, z: number) => stuff(Math.abs(x), y, z) }),
		near: (x, y, z, reachM) => mirroredX(nearby(solid, Math.abs(x), y, z, reachM)),
	};
}

/**
 * `count` copies around the axis of z (the first one centred on +x, turning towards +y). The body
 * must keep within its own sector.
 */
export function aroundZ(count: number, solid: Solid): Solid {
	const sector = (2 * Math.PI) / count;
	const fold =
		<T>(visit: (x: number, y: number, z: number) => T) =>
		(x: number, y: number, z: number): T => {
			const angle = Math.atan2(y, x);
			const local = angle - sector * Math.round(angle / sector);
			const radius = Math.sqrt(x * x + y * y);
			return visit(radius * Math.cos(local), radius * Math.sin(local), z);
		};
	const { stuff } = solid;
	return { at: fold(solid.at), ...(stuff && { stuff: fold(stuff) }) };
}
