import { carveText } from './carve-text.ts';
import { smoothCurve } from './curve.ts';
import type { Vec2, Vec3 } from './mesh.ts';
import { blend, fractal, noise, step } from './noise.ts';
import { fret, lotusPetal, ruyiCloud, spiral } from './ornament.ts';
import { normalPicture, paintPicture, png } from './picture.ts';
import { carve, heightAt, panel, type Relief, stroke, worn } from './relief.ts';
import { reliefDragon } from './relief-dragon.ts';

/** The embroidered face of the banner, metres. */
export const SILK = { widthM: 0.52, heightM: 1.46 };

const CELLS_PER_M = 1400;
const [HW, HH] = [SILK.widthM / 2, SILK.heightM / 2];

function gold(): Relief {
	const r = panel(SILK.widthM, SILK.heightM, CELLS_PER_M);
	reliefDragon(r, {
		spine: [
			[0.02, 0.42],
			[0.1, 0.4],
			[0.155, 0.47],
			[0.09, 0.545],
			[-0.02, 0.53],
			[-0.1, 0.545],
			[-0.165, 0.49],
			[-0.15, 0.4],
		],
		radiusM: 0.026,
		baseM: (t) => 0.004 - 0.003 * t,
		legs: [
			{ along: 0.2, side: -1 },
			{ along: 0.5, side: -1 },
			{ along: 0.68, side: -1 },
		],
		gazeRad: Math.PI + 0.5,
	});
	reliefDragon(r, {
		spine: [
			[-0.03, -0.4],
			[-0.12, -0.36],
			[-0.15, -0.46],
			[-0.05, -0.53],
			[0.06, -0.5],
			[0.14, -0.43],
			[0.13, -0.36],
			[0.18, -0.31],
		],
		radiusM: 0.023,
		baseM: (t) => 0.004 - 0.003 * t,
		legs: [
			{ along: 0.2, side: 1 },
			{ along: 0.5, side: 1 },
		],
		gazeRad: 0.3,
	});
	const rail = (inset: number, radiusM: number) => {
		const [a, b] = [HW - inset, HH - inset];
		stroke(
			r,
			[
				[-a, -b],
				[a, -b],
				[a, b],
				[-a, b],
				[-a, -b],
			],
			{ radiusM, riseM: 0.0025 },
		);
	};
	rail(0.052, 0.004);
	rail(0.012, 0.003);
	for (const s of [1, -1]) {
		stroke(r, fret(-HW + 0.06, HW - 0.06, s * (HH - 0.032) - 0.011, 0.022, 12), {
			radiusM: 0.0026,
			riseM: 0.002,
		});
		const upright = fret(-HH + 0.06, HH - 0.06, -0.011, 0.022, 40).map(
			([x, y]): Vec2 => [s * (HW - 0.032) + y, x],
		);
		stroke(r, upright, { radiusM: 0.0026, riseM: 0.002 });
	}
	return r;
}

/** The cartouche of the inscription: inside below 0, metres. */
function cartouche(x: number, y: number): number {
	return Math.max(Math.abs(x) - 0.082, Math.abs(y - 0.015) - 0.3 + 0.4 * x * x * 12);
}

async function letters(): Promise<Relief> {
	const r = panel(SILK.widthM, SILK.heightM, CELLS_PER_M);
	await carveText(
		r,
		[
			{ text: '西山永定河', center: [0, 0.035], sizeM: 0.098 },
			{ text: '示例', center: [0, -0.255], sizeM: 0.024, isVertical: false },
		],
		0.005,
		0.9,
	);
	return r;
}

/** The sea at the foot: overlapping scales of three arcs. */
function waves(r: Relief): void {
	for (let k = 0; k < 4; k++) {
		for (let i = -5; i <= 5; i++) {
			const c: Vec2 = [i * 0.084 + (k % 2) * 0.042, -HH + 0.075 + k * 0.024];
			for (const radius of [0.042, 0.03, 0.018]) {
				const arc = spiral(c, radius, 0.5, Math.PI).map(
					([x, y]): Vec2 => [
						c[0] + ((x - c[0]) * radius) / Math.max(1e-6, Math.hypot(x - c[0], y - c[1])),
						c[1] + (Math.abs(y - c[1]) * radius) / Math.max(1e-6, Math.hypot(x - c[0], y - c[1])),
					],
				);
				stroke(r, arc, { radiusM: 0.004, riseM: 0.0024, baseM: -k * 0.0002 });
			}
		}
	}
}

function clouds(): { heights: Relief; isGreen: (x: number, y: number) => boolean } {
	const r = panel(SILK.widthM, SILK.heightM, CELLS_PER_M);
	for (let i = 0; i < 22; i++) {
		const x = (i % 2 ? 1 : -1) * (0.135 + 0.05 * ((i * 7) % 3) * 0.5);
		const y = 0.66 - Math.floor(i / 2) * 0.112 + (i % 2) * 0.03;
		for (const curl of ruyiCloud([x, y], 0.072, i % 2 === 0))
			stroke(r, curl, { radiusM: 0.0036, riseM: 0.0026 });
	}
	waves(r);
	for (const x of [-0.12, 0, 0.12])
		stroke(
			r,
			smoothCurve<Vec2>(
				[
					[x, -HH + 0.1],
					[x, -HH + 0.18],
					[x + 0.004, x === 0 ? -HH + 0.28 : -HH + 0.23],
				],
				8,
			),
			{ radiusM: (t) => 0.036 * (1 - t) ** 0.8 + 0.002, riseM: 0.0034, section: 'ridge' },
		);
	for (let i = 0; i < 8; i++)
		stroke(r, lotusPetal([(i - 3.5) * 0.048, 0.318], 0.044, 0.05), {
			radiusM: 0.0035,
			riseM: 0.0026,
		});
	for (let i = 0; i < 8; i++)
		stroke(r, lotusPetal([(i - 3.5) * 0.048, -0.288], 0.044, -0.05), {
			radiusM: 0.0035,
			riseM: 0.0026,
		});
	carve(r, (x, y, h) => (Math.abs(x) > HW - 0.054 || Math.abs(y) > HH - 0.054 ? 0 : h));
	return { heights: r, isGreen: (x, y) => Math.floor((y + 2) / 0.112) % 2 === (x > 0 ? 0 : 1) };
}

const CRIMSON: Vec3 = [0.55, 0.075, 0.07];
const NIGHT: Vec3 = [0.09, 0.11, 0.24];
const GOLD: Vec3 = [0.85, 0.62, 0.22];
const BLUE: Vec3 = [0.16, 0.36, 0.66];
const GREEN: Vec3 = [0.16, 0.5, 0.38];
const CREAM: Vec3 = [0.93, 0.86, 0.7];

/** Colour and thread-relief pictures of the banner's face. */
export async function bannerSilk() {
	const [metal, words, sky] = [gold(), await letters(), clouds()];
	const soft = worn(metal, 0.005);
	carve(metal, (x, y, h) =>
		cartouche(x, y) < 0.006 && h < 0.02 ? h * step(0, 0.006, cartouche(x, y)) : h,
	);
	carve(sky.heights, (x, y, h) => h * step(0.004, 0.01, cartouche(x, y)));
	const color = paintPicture(600, 1685, (u, v) => {
		const [x, y] = [(u - 0.5) * SILK.widthM, (0.5 - v) * SILK.heightM];
		const [m, w, s] = [heightAt(metal, x, y), heightAt(words, x, y), heightAt(sky.heights, x, y)];
		const inside = cartouche(x, y);
		const damask = step(-0.05, 0.05, Math.sin(x * 150) * Math.sin(y * 150)) * 0.12;
		const isBorder = Math.abs(x) > HW - 0.05 || Math.abs(y) > HH - 0.05;
		const field = isBorder ? NIGHT : CRIMSON;
		let c =
			inside < 0
				? NIGHT
				: blend(field, [field[0] * 1.35, field[1] * 1.3, field[2] * 1.3], damask * 2);
		if (Math.abs(inside - 0.004) < 0.0042) c = GOLD;
		const floss = blend(sky.isGreen(x, y) ? GREEN : BLUE, CREAM, step(0.0017, 0.0026, s));
		c = blend(c, floss, step(0.0002, 0.0007, s));
		c = blend(
			c,
			blend([0.42, 0.25, 0.06], GOLD, step(-0.0028, 0.0008, m - heightAt(soft, x, y))),
			step(0.0003, 0.0012, m),
		);
		c = blend(c, GOLD, step(0.001, 0.003, w));
		const thread =
			1 + 0.13 * noise(x * 900, y * 2600, 1, 7) + 0.08 * noise(x * 2600, y * 300, 2, 9);
		const faded = 0.5 + 0.5 * fractal([x, y, 0], 0.3, 4, 191);
		c = blend(
			c,
			[0.62, 0.45, 0.36],
			0.16 * faded + 0.2 * step(0.25, 0.5, fractal([x, y, 3], 0.14, 4, 193)),
		);
		return [c[0] * thread, c[1] * thread, c[2] * thread];
	});
	const relief: Relief = {
		...metal,
		data: metal.data.map(
			(h, i) =>
				Math.min(0.012, h) * 0.5 + (words.data[i] ?? 0) * 0.6 + (sky.heights.data[i] ?? 0) * 0.9,
		),
	};
	carve(
		relief,
		(x, y, h) =>
			h +
			0.00016 * noise(x * 900, y * 2200, 1, 7) * step(0.0001, 0.001, h) +
			0.00006 * noise(x * 500, y * 500, 4, 5),
	);
	return {
		baseColorPng: await png(color),
		normalPng: await png(normalPicture(worn(relief, 0.0008), 0.8)),
	};
}

/** A pale brocade for the streamers; their vertex colours dye it. */
export async function streamerSilk() {
	const r = panel(0.1, 0.5, 2200);
	for (let i = 0; i < 5; i++) {
		const y = -0.2 + i * 0.1;
		for (let k = 0; k < 8; k++) {
			const a = (k / 8) * 2 * Math.PI;
			stroke(r, spiral([0.016 * Math.cos(a), y + 0.016 * Math.sin(a)], 0.0085, 1.1, a), {
				radiusM: 0.0014,
				riseM: 0.0016,
			});
		}
		stroke(
			r,
			[
				[0, y],
				[1e-5, y],
			],
			{ radiusM: 0.006, riseM: 0.002 },
		);
		for (const curl of ruyiCloud([0, y + 0.05], 0.034, i % 2 === 0))
			stroke(r, curl, { radiusM: 0.0015, riseM: 0.0016 });
	}
	for (const x of [-0.043, 0.043])
		stroke(
			r,
			[
				[x, -0.25],
				[x, 0.25],
			],
			{ radiusM: 0.0022, riseM: 0.002 },
		);
	const color = paintPicture(220, 1100, (u, v) => {
		const [x, y] = [(u - 0.5) * 0.1, (0.5 - v) * 0.5];
		const sewn = step(0.0002, 0.0007, heightAt(r, x, y));
		const thread = 1 + 0.1 * noise(x * 1500, y * 3000, 1, 7);
		const c = blend([0.78, 0.77, 0.75], [1, 0.86, 0.5], sewn);
		return [c[0] * thread, c[1] * thread, c[2] * thread];
	});
	return { baseColorPng: await png(color), normalPng: await png(normalPicture(r, 0.8)) };
}
