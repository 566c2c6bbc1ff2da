import { gridSurface } from './grid-surface.ts';
import { type Mesh, merge, place, sub, tint, unit, type Vec3 } from './mesh.ts';
import { blend, fractal, noise, seeded } from './noise.ts';
import { pose } from './pose.ts';
import { revolve } from './revolve.ts';
import { halfEave, reachAt, roofPoint, type Slope } from './roof-shape.ts';
import { board } from './solid.ts';

const SLOPES: readonly Slope[] = ['front', 'right', 'back', 'left'];
const PITCH_M = 0.0118;
const RADIUS_M = 0.0036;
const TILE_M = 0.017;

export const GREEN_GLAZE: Vec3 = [0.1, 0.36, 0.23];
export const YELLOW_GLAZE: Vec3 = [0.78, 0.5, 0.09];

/** Glaze as kilns give it: no two tiles alike, pooled dark, here and there weathered to the body. */
export function glazed(p: Vec3, color: Vec3, tile: number): Vec3 {
	const kiln = 0.72 + 0.5 * (0.5 + 0.5 * noise(tile * 7.3, tile * 1.7, 0.5, 3));
	const pool = 1 + 0.12 * fractal(p, 0.004, 2, 211);
	const bare = noise(tile * 3.1, 4.2, tile, 9) > 0.72 ? 0.35 : 0;
	const c = blend(
		[color[0] * kiln * pool, color[1] * kiln * pool, color[2] * kiln * pool],
		[0.46, 0.36, 0.26],
		bare,
	);
	return c;
}

/** One line of half-round tiles from the eave inward, each lapping the one below. */
function barrel(slope: Slope, t: number, seed: number): Mesh {
	const reach = reachAt(slope, t) - 0.002;
	const tiles = Math.max(1, Math.round(reach / TILE_M));
	const stops = Array.from({ length: tiles }, (_, i) => [i + 0.02, i + 0.98]).flat();
	const across = unit(sub(roofPoint(slope, t + 1e-3, 0.05), roofPoint(slope, t - 1e-3, 0.05)));
	const m = gridSurface({
		columns: 4,
		rows: stops.length - 1,
		at: (u, v) => {
			const stop = stops[Math.round(v * (stops.length - 1))] ?? 0;
			const d = (stop / tiles) * reach;
			const angle = (u - 0.5) * Math.PI * 1.1;
			const r = RADIUS_M * (1.09 - 0.17 * (stop % 1));
			const p = roofPoint(slope, t, d, 0.0012 + r * Math.cos(angle));
			const s = r * Math.sin(angle);
			return [p[0] + across[0] * s, p[1] + across[1] * s, p[2] + across[2] * s];
		},
	});
	return tint(m, ({ p, uv }) => {
		const tile = Math.min(tiles - 1, Math.floor(uv[1] * tiles));
		const isTrim = tile === 0;
		return glazed(p, isTrim ? YELLOW_GLAZE : GREEN_GLAZE, seed * 31 + tile);
	});
}

/** The round end tile (瓦当) with a boss and ring, and the pointed drip tile (滴水) beside it. */
function endTiles(): { disc: Mesh; drip: Mesh } {
	const face = revolve(
		[
			[RADIUS_M * 1.12, -0.002],
			[RADIUS_M * 1.1, 0.0003],
			[RADIUS_M * 0.75, -0.0001],
			[RADIUS_M * 0.4, 0.0007],
			[0, 0.0008],
		],
		{ segments: 9 },
	);
	const disc = place(face, pose({ turnRad: [Math.PI / 2, 0, 0] }));
	const w = PITCH_M / 2 - 0.0012;
	const drip = board(
		[
			[-w, 0],
			[-w * 0.75, -0.0036],
			[0, -0.0072],
			[w * 0.75, -0.0036],
			[w, 0],
		],
		0.0014,
		0.0003,
	);
	return { disc, drip };
}

const FACING: Readonly<Record<Slope, number>> = {
	front: 0,
	right: Math.PI / 2,
	back: Math.PI,
	left: -Math.PI / 2,
};

function pans(slope: Slope): Mesh {
	const half = halfEave(slope) - 0.001;
	const lines = Math.floor((2 * half) / PITCH_M);
	const m = gridSurface({
		columns: lines * 2,
		rows: 9,
		at: (u, v) => {
			const t = (u * 2 - 1) * half;
			const reach = reachAt(slope, t);
			const trough = 0.001 * Math.cos((t / PITCH_M) * 2 * Math.PI);
			return roofPoint(slope, t, v * reach, trough);
		},
	});
	return tint(m, ({ p }) => glazed(p, [0.07, 0.25, 0.17], Math.floor(p[1] * 90)));
}

/** The underside of the eaves: boards painted red, a little below the tiles. */
function soffit(slope: Slope): Mesh {
	const half = halfEave(slope) - 0.004;
	const m = gridSurface({
		columns: 40,
		rows: 6,
		at: (u, v) => {
			const t = (1 - u * 2) * half;
			return roofPoint(
				slope,
				t,
				0.003 + v * Math.min(0.12, Math.max(0, reachAt(slope, t) - 0.004)),
				-0.0042,
			);
		},
	});
	return tint(m, [0.36, 0.09, 0.06]);
}

/** All tiles of the four slopes, and the boards under them. */
export function roofTiles(): { tiles: Mesh; boards: Mesh } {
	const { disc, drip } = endTiles();
	const random = seeded(5);
	const tiles: Mesh[] = [];
	for (const slope of SLOPES) {
		tiles.push(pans(slope));
		const half = halfEave(slope);
		const count = Math.floor(half / PITCH_M) - 1;
		for (let i = -count; i <= count; i++) {
			const t = i * PITCH_M;
			const seed = random();
			tiles.push(barrel(slope, t, seed));
			const turn = pose({
				at: roofPoint(slope, t, -0.001, 0.0022),
				turnRad: [0, FACING[slope], 0],
			});
			tiles.push(tint(place(disc, turn), ({ p }) => glazed(p, YELLOW_GLAZE, seed * 17)));
			const beside = pose({
				at: roofPoint(slope, t + PITCH_M / 2, -0.0008, 0.0008),
				turnRad: [0, FACING[slope], 0],
			});
			tiles.push(tint(place(drip, beside), ({ p }) => glazed(p, YELLOW_GLAZE, seed * 23)));
		}
	}
	return { tiles: merge(tiles), boards: merge(SLOPES.map(soffit)) };
}
