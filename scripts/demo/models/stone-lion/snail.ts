import type { Point } from '../../sdf/primitives.ts';
import type { Solid } from '../../sdf/solid.ts';

/** A carved snail curl: a low dome facing along `out` (unit), with a spiral groove up to its point. */
export function snail(center: Point, out: Point, radiusM: number, turn: 1 | -1): Solid {
	const [nx, ny, nz] = out;
	// Any frame around `out` that turns evenly (Duff et al. 2017).
	const sign = nz >= 0 ? 1 : -1;
	const a = -1 / (sign + nz);
	const b = nx * ny * a;
	const [tx, ty, tz] = [1 + sign * nx * nx * a, sign * b, -sign * nx];
	const [sx, sy, sz] = [b, sign + ny * ny * a, -ny];
	const lowM = radiusM * 0.78;
	return {
		at: (x, y, z) => {
			const [px, py, pz] = [x - center[0], y - center[1], z - center[2]];
			const away = Math.sqrt(px * px + py * py + pz * pz);
			if (away > radiusM * 1.8) return away - radiusM;
			const u = px * tx + py * ty + pz * tz;
			const v = px * sx + py * sy + pz * sz;
			const w = px * nx + py * ny + pz * nz;
			const flat = Math.sqrt(u * u + v * v);
			const k = Math.sqrt((flat / radiusM) ** 2 + (w / lowM) ** 2);
			const slope = Math.sqrt((flat / (radiusM * radiusM)) ** 2 + (w / (lowM * lowM)) ** 2);
			const dome = slope < 1e-9 ? -lowM : (k * (k - 1)) / slope;
			const spiral = Math.cos(turn * Math.atan2(v, u) + (flat / radiusM) * 11);
			const fade = Math.min(1, flat / (radiusM * 0.25));
			return dome - radiusM * 0.11 * spiral * fade;
		},
	};
}
