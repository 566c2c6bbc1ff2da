import { gridSurface } from './grid-surface.ts';
import { add, cross, type Mesh, scale, sub, unit, type Vec3 } from './mesh.ts';

interface SweepOptions {
	/** Radius (metres) at a share 0..1 of the path and an angle (radians) round it. */
	readonly radiusM: number | ((along: number, angleRad: number) => number);
	/** Vertices round the path. */
	readonly sides: number;
	/** The path ends where it begins (a ring): no caps. */
	readonly closed?: boolean;
	/** Squeezes the section along its second axis: 1 is round. */
	readonly flatten?: number;
	/** Where the first axis of the section points at the start; any, when absent. */
	readonly up?: Vec3;
}

/**
 * A tube along `path` (metres), carried by parallel transport so that it never twists on its own;
 * open ends are closed by rounded caps.
 */
export function sweep(path: readonly Vec3[], options: SweepOptions): Mesh {
	const { sides, closed = false, flatten = 1 } = options;
	const frames = transport(path, closed, options.up);
	const rows = path.length - 1;
	const radius = (along: number, angle: number) =>
		typeof options.radiusM === 'number' ? options.radiusM : options.radiusM(along, angle);
	const caps = closed ? 0 : 3;
	return gridSurface({
		columns: sides,
		rows: rows + 2 * caps,
		at: (u, v) => {
			const row = Math.round(v * (rows + 2 * caps)) - caps;
			const k = Math.min(rows, Math.max(0, row));
			const beyond = (row - k) / Math.max(1, caps);
			const angle = (u % 1) * 2 * Math.PI;
			const r = radius(k / rows, angle);
			const shrink = Math.cos((Math.abs(beyond) * Math.PI) / 2);
			const bulge = Math.sin((beyond * Math.PI) / 2) * r * 0.5 * flatten;
			const f = frames[k] as Frame;
			const across = add(
				scale(f.a, r * shrink * Math.cos(angle)),
				scale(f.b, r * shrink * flatten * Math.sin(angle)),
			);
			return add(add(path[k] as Vec3, across), scale(f.t, bulge));
		},
	});
}

interface Frame {
	readonly t: Vec3;
	readonly a: Vec3;
	readonly b: Vec3;
}

function transport(path: readonly Vec3[], closed: boolean, up?: Vec3): Frame[] {
	const n = path.length;
	const tangent = (i: number): Vec3 => {
		const before = path[closed ? (i - 1 + n - 1) % (n - 1) : Math.max(0, i - 1)] as Vec3;
		const after = path[closed ? (i + 1) % (n - 1) : Math.min(n - 1, i + 1)] as Vec3;
		return unit(sub(after, before));
	};
	const first = tangent(0);
	let a = up ?? (Math.abs(first[1]) < 0.9 ? ([0, 1, 0] as const) : ([1, 0, 0] as const));
	return path.map((_, i) => {
		const t = tangent(i);
		const along = a[0] * t[0] + a[1] * t[1] + a[2] * t[2];
		a = unit(sub(a, scale(t, along)));
		return { t, a, b: cross(t, a) };
	});
}

/** A ring of wire: `radiusM` to the middle of the wire, in the x–y plane, round the origin. */
export function ring(radiusM: number, wireM: number, segments: number, sides: number): Mesh {
	const path: Vec3[] = [];
	for (let i = 0; i <= segments; i++) {
		const angle = ((i % segments) / segments) * 2 * Math.PI;
		path.push([radiusM * Math.cos(angle), radiusM * Math.sin(angle), 0]);
	}
	return sweep(path, { radiusM: wireM, sides, closed: true, up: [0, 0, 1] });
}
