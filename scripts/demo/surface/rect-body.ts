import { gridSurface } from './grid-surface.ts';
import type { Mesh, Vec2, Vec3 } from './mesh.ts';

type Face = 'front' | 'side' | 'back';

interface RectBodyOptions {
	/** Half width (x), half depth (z) and height (y) of the body, from below; metres. */
	readonly levels: readonly Vec3[];
	/** Radius of the four upright edges. */
	readonly cornerM: number;
	/** Quads across each face. */
	readonly across: Readonly<Record<Face, number>>;
	/**
	 * Height of the carving over a face: `x` metres from the middle of the face (to the right of who
	 * looks at it), `along` metres of outline from the first level, `level` that place's level.
	 */
	readonly carvingM: (face: Face, x: number, along: number, level: Vec3) => number;
	/** Texture coordinates on a face; 0, 0 when absent. */
	readonly uv?: (face: Face, x: number, along: number, level: Vec3) => Vec2;
}

interface Stop {
	readonly face: Face;
	/** −1..1 across the flat of its face, or beyond it round the corner. */
	readonly t: number;
	/** Angle of the outward direction, 0 = +z (front), growing to +x. */
	readonly turnRad: number;
	/** Which corner or face middle it is measured from, in signs of x and z. */
	readonly anchor: Vec2;
}

const CORNER_STEPS = 4;

function stops(across: RectBodyOptions['across']): Stop[] {
	const faces: readonly { face: Face; turn: number; from: Vec2; to: Vec2 }[] = [
		{ face: 'front', turn: 0, from: [-1, 1], to: [1, 1] },
		{ face: 'side', turn: Math.PI / 2, from: [1, 1], to: [1, -1] },
		{ face: 'back', turn: Math.PI, from: [1, -1], to: [-1, -1] },
		{ face: 'side', turn: (3 * Math.PI) / 2, from: [-1, -1], to: [-1, 1] },
	];
	const all = faces.flatMap(({ face, turn, from, to }) => {
		const flat = Array.from({ length: across[face] + 1 }, (_, i): Stop => {
			const t = (i / across[face]) * 2 - 1;
			const k = (t + 1) / 2;
			const anchor: Vec2 = [from[0] + (to[0] - from[0]) * k, from[1] + (to[1] - from[1]) * k];
			return { face, t, turnRad: turn, anchor };
		});
		const corner = Array.from({ length: CORNER_STEPS - 1 }, (_, i): Stop => {
			const turnRad = turn + ((i + 1) / CORNER_STEPS) * (Math.PI / 2);
			return { face, t: 1, turnRad, anchor: to };
		});
		return [...flat, ...corner];
	});
	return [...all, all[0] as Stop];
}

/** A carved block of rounded rectangular plan: a slab, a pedestal. Open below and above. */
export function rectBody(options: RectBodyOptions): Mesh {
	const { levels, cornerM, carvingM, uv } = options;
	const ring = stops(options.across);
	const along = [0];
	for (let i = 1; i < levels.length; i++) {
		const [a, b] = [levels[i - 1] as Vec3, levels[i] as Vec3];
		const inward = Math.max(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1]));
		along.push((along[i - 1] ?? 0) + Math.hypot(inward, b[2] - a[2]));
	}
	const place = (u: number, v: number) => {
		const stop = ring[Math.round(u * (ring.length - 1))] as Stop;
		const k = Math.round(v * (levels.length - 1));
		const level = levels[k] as Vec3;
		const corner = Math.max(0, Math.min(cornerM, level[0], level[1]));
		const [flatX, flatZ] = [level[0] - corner, level[1] - corner];
		const x = stop.t * (stop.face === 'side' ? flatZ : flatX);
		return { stop, level, corner, flatX, flatZ, x, along: along[k] ?? 0 };
	};
	return gridSurface({
		columns: ring.length - 1,
		rows: levels.length - 1,
		at: (u, v) => {
			const { stop, level, corner, flatX, flatZ, x, along: s } = place(u, v);
			const out = corner + (corner > 0 ? carvingM(stop.face, x, s, level) : 0);
			const px = stop.anchor[0] * flatX + Math.sin(stop.turnRad) * out;
			const pz = stop.anchor[1] * flatZ + Math.cos(stop.turnRad) * out;
			return [px, level[2], pz];
		},
		uv: (u, v) => {
			const { stop, level, x, along: s } = place(u, v);
			return uv ? uv(stop.face, x, s, level) : [0, 0];
		},
	});
}
