import { carveText } from './carve-text.ts';
import { smoothCurve } from './curve.ts';
import type { Vec2 } from './mesh.ts';
import { fractal, step } from './noise.ts';
import { fret, lotusPetal, ruyiCloud } from './ornament.ts';
import { carve, panel, type Relief, stroke, worn } from './relief.ts';
import { reliefDragon } from './relief-dragon.ts';

const CELLS_PER_M = 900;

function mirrored(points: readonly Vec2[], s: number): Vec2[] {
	return points.map(([x, y]) => [x * s, y]);
}

/** The crown 螭首: two pairs of hornless dragons entwined round a tablet. */
export async function crownCarving(widthM: number, heightM: number): Promise<Relief> {
	const r = panel(widthM, heightM, CELLS_PER_M);
	for (let i = 0; i < 35; i++) {
		const x = ((i % 7) - 3) * 0.125 + (Math.floor(i / 7) % 2) * 0.06;
		const y = (Math.floor(i / 7) - 2) * 0.12;
		for (const curl of ruyiCloud([x, y], 0.1, i % 2 === 0))
			stroke(r, curl, { radiusM: 0.006, riseM: 0.009 });
	}
	for (const s of [1, -1]) {
		reliefDragon(r, {
			spine: mirrored(
				[
					[0.315, -0.165],
					[0.375, -0.03],
					[0.335, 0.13],
					[0.2, 0.225],
					[0, 0.215],
					[-0.15, 0.12],
					[-0.165, -0.06],
					[-0.22, -0.2],
				],
				s,
			),
			radiusM: 0.051,
			baseM: (t) => 0.016 + 0.014 * Math.sin(t * 12 + (s > 0 ? 0 : Math.PI)),
			legs: [
				{ along: 0.16, side: s > 0 ? 1 : -1 },
				{ along: 0.5, side: s > 0 ? -1 : 1 },
			],
			gazeRad: s > 0 ? -0.9 : Math.PI + 0.9,
		});
		reliefDragon(r, {
			spine: mirrored(
				[
					[0.1, 0.12],
					[0.19, 0.155],
					[0.26, 0.04],
					[0.205, -0.1],
					[0.14, -0.21],
					[0.26, -0.255],
					[0.37, -0.24],
				],
				s,
			),
			radiusM: 0.032,
			baseM: (t) => 0.02 - 0.012 * Math.sin(t * 11),
			legs: [{ along: 0.55, side: s > 0 ? 1 : -1 }],
			gazeRad: s > 0 ? 2.5 : Math.PI - 2.5,
		});
	}
	carve(r, (x, y, h) => {
		const d = Math.max(
			Math.abs(x) - 0.098,
			Math.abs(y + 0.09) - 0.15,
			Math.abs(x) * 0.6 + y - 0.09,
		);
		return d < 0 ? 0.03 + 0.012 * step(-0.014, -0.008, d) * -1 : d < 0.012 ? Math.max(h, 0.034) : h;
	});
	await carveText(r, [{ text: '西山', center: [0, -0.105], sizeM: 0.098 }], 0.011, 1);
	carve(r, (x, y, h) => h + 0.0025 * fractal([x, y, 1], 0.04, 3, 81));
	return worn(r, 0.0014);
}

/** The face of the slab: ruled border of clouds, a sunk field, an honest short inscription. */
export async function faceCarving(widthM: number, heightM: number): Promise<Relief> {
	const r = panel(widthM, heightM, CELLS_PER_M);
	const [hw, hh] = [widthM / 2, heightM / 2];
	const border = 0.085;
	carve(
		r,
		(x, y) => -0.009 * step(0, 0.006, Math.min(hw - Math.abs(x), hh - Math.abs(y)) - border),
	);
	const rail = (inset: number, radiusM: number, riseM: number) => {
		const [a, b] = [hw - inset, hh - inset];
		stroke(
			r,
			[
				[-a, -b],
				[a, -b],
				[a, b],
				[-a, b],
				[-a, -b],
			],
			{ radiusM, riseM },
		);
	};
	rail(0.014, 0.005, 0.006);
	rail(border - 0.008, 0.006, 0.007);
	const vine = (from: Vec2, to: Vec2, count: number) => {
		for (let i = 0; i < count; i++) {
			const t = (i + 0.5) / count;
			const at: Vec2 = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
			for (const curl of ruyiCloud(at, 0.05, i % 2 === 0))
				stroke(r, curl, { radiusM: 0.0042, riseM: 0.0075, section: 'round' });
		}
	};
	const mid = border / 2 + 0.003;
	for (const s of [1, -1]) {
		vine([s * (hw - mid), -hh + 0.05], [s * (hw - mid), hh - 0.05], 12);
		vine([-hw + 0.1, s * (hh - mid)], [hw - 0.1, s * (hh - mid)], 6);
	}
	for (const x of [-0.115, 0.115])
		stroke(
			r,
			[
				[x, -hh + 0.12],
				[x, hh - 0.12],
			],
			{ radiusM: 0.0018, riseM: 0.003, baseM: -0.009, section: 'groove' },
		);
	await carveText(
		r,
		[
			{ text: '西山永定河', center: [0, 0.05], sizeM: 0.135 },
			{ text: '示例', center: [-0.18, -0.29], sizeM: 0.06 },
			{ text: '门头沟', center: [0.18, 0.27], sizeM: 0.07 },
		],
		-0.007,
		1.1,
	);
	carve(r, (x, y, h) => {
		const tired = step(0.25, 0.6, fractal([x, y * 0.6, 2], 0.4, 4, 83) + 0.1);
		return (
			h * (1 - 0.55 * tired) +
			0.002 * fractal([x, y, 3], 0.05, 4, 85) -
			0.004 * step(0.34, 0.42, fractal([x, y, 4], 0.06, 3, 87))
		);
	});
	return worn(r, 0.0009);
}

/** One side of the pedestal, unrolled along its outline (`heightM` metres of it). */
export function pedestalCarving(widthM: number, heightM: number): Relief {
	const r = panel(widthM, heightM, 700);
	const low = -heightM / 2;
	const petals = Math.round(widthM / 0.088);
	const row = (y: number, height: number) => {
		for (let i = 0; i <= petals * 2; i++) {
			const x = (i / (petals * 2) - 0.5) * widthM;
			const isFront = i % 2 === 1;
			const [base, tip] = height > 0 ? [y, y + height] : [y, y + height];
			stroke(
				r,
				smoothCurve<Vec2>(
					[
						[x, base],
						[x, (base + tip) / 2],
						[x, tip],
					],
					6,
				),
				{
					radiusM: (t) => (isFront ? 0.037 : 0.024) * Math.sqrt(Math.max(0.03, 1 - t ** 3)),
					riseM: isFront ? 0.028 : 0.013,
				},
			);
			if (!isFront) continue;
			stroke(r, lotusPetal([x, base], 0.058, height * 0.9), {
				radiusM: 0.006,
				riseM: 0.006,
				baseM: 0.022,
			});
			for (const k of [-1, 1])
				stroke(
					r,
					[
						[x + k * 0.016, base + height * 0.2],
						[x + k * 0.006, base + height * 0.62],
					],
					{ radiusM: 0.011, riseM: 0.01, baseM: 0.024 },
				);
		}
	};
	row(low + 0.25, -0.116);
	row(low + 0.466, 0.116);
	stroke(r, fret(-widthM / 2, widthM / 2, low + 0.026, 0.045, Math.round(widthM / 0.08)), {
		radiusM: 0.005,
		riseM: 0.006,
	});
	const bays = Math.max(1, Math.round(widthM / 0.3));
	for (let i = 0; i < bays; i++) {
		const x = ((i + 0.5) / bays - 0.5) * widthM;
		for (const [dx, s] of [
			[-0.055, true],
			[0.055, false],
		] as const) {
			for (const curl of ruyiCloud([x + dx, low + 0.352], 0.1, s))
				stroke(r, curl, { radiusM: 0.0065, riseM: 0.012 });
		}
		const edge = ((i + 1) / bays - 0.5) * widthM;
		for (const k of [0, 1, 2, 3])
			stroke(
				r,
				[
					[edge, low + 0.312 + k * 0.03],
					[edge, low + 0.322 + k * 0.03],
				],
				{ radiusM: 0.014, riseM: 0.02 },
			);
	}
	return worn(r, 0.002);
}
