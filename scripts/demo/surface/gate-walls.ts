import { carveText } from './carve-text.ts';
import { smoothCurve } from './curve.ts';
import { ball } from './dragon.ts';
import { GATE } from './gate-plan.ts';
import { brickWall } from './gate-stone.ts';
import { gridSurface } from './grid-surface.ts';
import { type Mesh, merge, place, tint, type Vec2, type Vec3 } from './mesh.ts';
import { blend, fractal, step } from './noise.ts';
import { pose } from './pose.ts';
import { heightAt, panel } from './relief.ts';
import { revolve } from './revolve.ts';
import { bar, block, board } from './solid.ts';

const VERMILION: Vec3 = [0.5, 0.1, 0.065];
const GOLD: Vec3 = [0.83, 0.61, 0.22];

function lacquer(p: Vec3): Vec3 {
	const k = 0.9 + 0.2 * fractal([p[0], p[1] * 0.3, p[2]], 0.03, 4, 241);
	const dull = step(0.12, 0.02, p[1] - GATE.floorM + 0.05 * fractal(p, 0.03, 3, 243)) * 0.35;
	return blend([VERMILION[0] * k, VERMILION[1] * k, VERMILION[2] * k], [0.36, 0.2, 0.15], dull);
}

/** Columns: lacquer red under a painted capital band. */
function columns(): Mesh {
	const [y0, y1] = [GATE.floorM + 0.009, GATE.columnTopM + 0.001];
	const bands = [0.0282, 0.0278, 0.0222, 0.0218, 0.0122, 0.0118, 0.0042, 0.0038];
	const plain = [0, 0.2, 0.4, 0.6, 0.8].map((k) => y0 + (GATE.columnTopM - 0.04 - y0) * k);
	const stops = [...plain, ...bands.map((down) => GATE.columnTopM - down), y1];
	const outline = stops.map((y): Vec2 => [0.0125 - 0.0018 * ((y - y0) / (y1 - y0)) ** 2, y]);
	const shaft = tint(revolve(outline, { segments: 22 }), ({ p }) => {
		const down = GATE.columnTopM - p[1];
		if (down < 0.004 || (down > 0.022 && down < 0.028)) return GOLD;
		if (down < 0.022) return down < 0.012 ? [0.1, 0.27, 0.48] : [0.1, 0.38, 0.28];
		return lacquer(p);
	});
	return merge(
		GATE.columnX.flatMap((x) =>
			[-GATE.depthM, 0, GATE.depthM].map((z) => place(shaft, pose({ at: [x, 0, z] }))),
		),
	);
}

/** Side walls: a brick apron under red plaster. */
function sideWalls(): Mesh {
	const [low, high] = [GATE.floorM, GATE.columnTopM - 0.042];
	return merge(
		[-1, 1].flatMap((s) => {
			const apron = place(
				brickWall(0.262, 0.062, 0.03),
				pose({ at: [s * GATE.halfM, low, 0], turnRad: [0, Math.PI / 2, 0] }),
			);
			const plaster = place(
				block([0.023, high - low - 0.062, 0.262], 0.0015, 0.01),
				pose({ at: [s * GATE.halfM, (low + high + 0.062) / 2, 0] }),
			);
			const ledge = place(
				block([0.033, 0.006, 0.264], 0.0012, 0.02),
				pose({ at: [s * GATE.halfM, low + 0.064, 0] }),
			);
			return [
				apron,
				tint(plaster, ({ p }) =>
					blend(
						blend([0.56, 0.2, 0.14], [0.45, 0.15, 0.11], 0.5 + fractal(p, 0.05, 4, 245)),
						[0.62, 0.5, 0.42],
						step(0.3, 0.42, fractal(p, 0.05, 5, 247)) * 0.6,
					),
				),
				tint(ledge, [0.46, 0.46, 0.44]),
			];
		}),
	);
}

/** One door leaf with seven rows of seven studs and a ring held by a mask; hinge on the `s` side. */
function leaf(s: 1 | -1): Mesh {
	const [w, h] = [0.083, 0.142];
	const plate = tint(block([w, h, 0.006], 0.0008, 0.012), ({ p }) =>
		lacquer([p[0], p[1] + 0.3, p[2]]),
	);
	const stud = ball([0, 0, 0], 0.0031, [1, 1, 0.75], 8);
	const studs = Array.from({ length: 49 }, (_, i) => {
		const at: Vec3 = [((i % 7) - 3) * 0.0112, (Math.floor(i / 7) - 3) * 0.0178 + 0.002, 0.0034];
		return place(stud, pose({ at }));
	});
	const mask = merge([
		ball([-s * 0.03, -0.005, 0.005], 0.0055, [1, 1, 0.6], 16),
		place(
			revolve(
				[
					[0.0048, 0],
					[0.0056, 0.0008],
					[0.0048, 0.0016],
				],
				{ segments: 28 },
			),
			pose({ at: [-s * 0.03, -0.0115, 0.0068], turnRad: [Math.PI / 2, 0, 0] }),
		),
	]);
	const straps = [-0.064, 0.066].map((y) =>
		place(block([w, 0.006, 0.0072], 0.0008, 0.02), pose({ at: [0, y, 0] })),
	);
	const metal = tint(merge([...studs, mask, ...straps]), GOLD);
	const ajar = s > 0 ? 0.16 : -0.16;
	const hung = place(merge([plate, metal]), pose({ at: [-s * (w / 2), 0, 0] }));
	return place(
		hung,
		pose({ at: [s * 0.0865, GATE.floorM + 0.079, -0.001], turnRad: [0, ajar, 0] }),
	);
}

function doorway(): Mesh {
	const top = GATE.floorM + 0.152;
	const frame = [
		bar([-0.0925, GATE.floorM, 0], [-0.0925, top + 0.004, 0], 0.01, 0.012),
		bar([0.0925, GATE.floorM, 0], [0.0925, top + 0.004, 0], 0.01, 0.012),
		bar([-0.098, top + 0.003, 0], [0.098, top + 0.003, 0], 0.012, 0.008),
		bar([-0.098, GATE.floorM + 0.004, 0.002], [0.098, GATE.floorM + 0.004, 0.002], 0.012, 0.008),
	].map((m) => tint(m, ({ p }) => lacquer(p)));
	const pins = [-0.06, -0.02, 0.02, 0.06].map((x) =>
		tint(
			place(
				revolve(
					[
						[0.0048, -0.003],
						[0.0048, 0.004],
						[0.0036, 0.006],
						[0, 0.0066],
					],
					{ segments: 6 },
				),
				pose({ at: [x, top + 0.003, 0.005], turnRad: [Math.PI / 2, 0, 0] }),
			),
			[0.12, 0.34, 0.27],
		),
	);
	return merge([...frame, ...pins, leaf(1), leaf(-1)]);
}

/** The screen of a side bay: brick sill, red frame, lattice. */
function screen(x0: number, x1: number): Mesh {
	const [low, high] = [GATE.floorM, GATE.columnTopM - 0.042];
	const mid = (x0 + x1) / 2;
	const width = x1 - x0 - 0.02;
	const sill = place(brickWall(width, 0.05, 0.014), pose({ at: [mid, low, 0] }));
	const rails = [low + 0.053, high - 0.004].map((y) =>
		bar([mid - width / 2, y, 0], [mid + width / 2, y, 0], 0.009, 0.007),
	);
	const posts = [-0.5, -0.17, 0.17, 0.5].map((k) =>
		bar(
			[mid + k * (width - 0.006), low + 0.05, 0],
			[mid + k * (width - 0.006), high, 0],
			0.008,
			0.007,
		),
	);
	const [y0, y1] = [low + 0.058, high - 0.008];
	const bars: Mesh[] = [];
	for (let i = 1; i < 24; i++)
		bars.push(
			bar(
				[mid - width / 2 + (width * i) / 24, y0, 0],
				[mid - width / 2 + (width * i) / 24, y1, 0],
				0.0016,
				0.003,
			),
		);
	for (let i = 1; i < 14; i++)
		bars.push(
			bar(
				[mid - width / 2, y0 + ((y1 - y0) * i) / 14, 0],
				[mid + width / 2, y0 + ((y1 - y0) * i) / 14, 0],
				0.0026,
				0.0016,
			),
		);
	const paper = tint(bar([mid, y0, -0.002], [mid, y1, -0.002], width, 0.0006), [0.72, 0.66, 0.52]);
	return merge([
		sill,
		paper,
		...[...rails, ...posts].map((m) => tint(m, ({ p }) => lacquer(p))),
		...bars.map((m) => tint(m, [0.12, 0.33, 0.25])),
	]);
}

/** Carved spandrels (雀替) under the architraves, gilt scrolls on green. */
function spandrels(): Mesh {
	const lower = smoothCurve<Vec2>(
		[
			[0.001, -0.021],
			[0.006, -0.0165],
			[0.012, -0.0155],
			[0.016, -0.0105],
			[0.024, -0.009],
			[0.03, -0.005],
			[0.04, -0.003],
		],
		4,
	);
	const cut = tint(board([[0, -0.022], ...lower, [0.042, 0], [0, 0]], 0.005, 0.0007), ({ n }) =>
		Math.abs(n[2]) > 0.9 ? [0.1, 0.36, 0.27] : GOLD,
	);
	const scroll = tint(
		merge(
			[
				[0.008, -0.009, 0.0042],
				[0.017, -0.0065, 0.0034],
				[0.026, -0.0042, 0.0024],
			].map(([x = 0, y = 0, r = 0]) => ball([x, y, 0.0025], r, [1.15, 1, 0.85], 9)),
		),
		GOLD,
	);
	const one = merge([cut, scroll]);
	const y = GATE.columnTopM - 0.0472;
	return merge(
		GATE.columnX.flatMap((x) =>
			[-GATE.depthM, GATE.depthM].flatMap((z) =>
				[1, -1]
					.filter((s) => Math.abs(x + s * 0.02) < GATE.halfM)
					.map((s) =>
						place(
							one,
							pose({
								at: [x + s * 0.011, y, z + s * -0.0025],
								turnRad: [0, s > 0 ? 0 : Math.PI, 0],
							}),
						),
					),
			),
		),
	);
}

/** The name board over the door: gold characters on blue in a gilt frame. */
async function nameBoard(): Promise<Mesh> {
	const r = panel(0.094, 0.034, 2600);
	await carveText(
		r,
		[{ text: '西山示例', center: [0, 0], sizeM: 0.0195, isVertical: false }],
		0.001,
	);
	const face = gridSurface({
		columns: 104,
		rows: 37,
		at: (u, v) => [
			(u - 0.5) * 0.094,
			(v - 0.5) * 0.034,
			0.0022 + heightAt(r, (u - 0.5) * 0.094, (v - 0.5) * 0.034),
		],
	});
	const painted = tint(face, ({ p }) =>
		blend([0.07, 0.15, 0.36], [0.93, 0.72, 0.26], step(0.0025, 0.0029, p[2])),
	);
	const frame = [
		bar([-0.052, 0.0195, 0.0015], [0.052, 0.0195, 0.0015], 0.006, 0.0055),
		bar([-0.052, -0.0195, 0.0015], [0.052, -0.0195, 0.0015], 0.006, 0.0055),
		bar([-0.0495, -0.02, 0.0015], [-0.0495, 0.02, 0.0015], 0.0055, 0.006),
		bar([0.0495, -0.02, 0.0015], [0.0495, 0.02, 0.0015], 0.0055, 0.006),
	].map((m) => tint(m, GOLD));
	const back = tint(place(block([0.1, 0.04, 0.003], 0.0006), pose({})), VERMILION);
	return place(
		merge([painted, ...frame, back]),
		pose({ at: [0, GATE.columnTopM + 0.024, GATE.depthM + 0.058], turnRad: [0.26, 0, 0] }),
	);
}

/** Everything between platform and brackets that is not an architrave. */
export async function gateWalls(): Promise<Mesh> {
	return merge([
		columns(),
		sideWalls(),
		doorway(),
		screen(-GATE.halfM, -GATE.bayM),
		screen(GATE.bayM, GATE.halfM),
		spandrels(),
		await nameBoard(),
	]);
}
