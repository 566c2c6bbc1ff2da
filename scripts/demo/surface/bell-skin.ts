import { carveText } from './carve-text.ts';
import type { Vec2, Vec3 } from './mesh.ts';
import { blend, fractal, step } from './noise.ts';
import { fret, lotusPetal, ruyiCloud } from './ornament.ts';
import { normalPicture, type Picture, paintPicture, png } from './picture.ts';
import { carve, heightAt, panel, type Relief, stroke, worn } from './relief.ts';

/** The wall of the bell unrolled: once round, and from the mouth to the middle of the crown. */
export const PANEL = { widthM: 1.06, heightM: 0.57 };

const MOUTH_Y = -PANEL.heightM / 2;
const QUARTER = PANEL.widthM / 4;

function line(r: Relief, points: readonly Vec2[], radiusM = 0.0022, riseM = 0.0022): void {
	stroke(r, points, { radiusM, riseM });
}

function hoop(r: Relief, aboveMouthM: number, radiusM: number, riseM: number): void {
	const y = MOUTH_Y + aboveMouthM;
	line(
		r,
		[
			[-PANEL.widthM / 2, y],
			[PANEL.widthM / 2, y],
		],
		radiusM,
		riseM,
	);
}

function frame(r: Relief, x0: number, y0: number, x1: number, y1: number): void {
	for (const inset of [0, 0.007]) {
		const [a, b, c, d] = [x0 + inset, y0 + inset, x1 - inset, y1 - inset];
		line(
			r,
			[
				[a, b],
				[c, b],
				[c, d],
				[a, d],
				[a, b],
			],
			inset ? 0.0012 : 0.0024,
			inset ? 0.0012 : 0.0028,
		);
	}
}

function boss(r: Relief, x: number, y: number, radiusM: number, riseM: number): void {
	line(
		r,
		[
			[x, y],
			[x + 1e-5, y],
		],
		radiusM,
		riseM,
	);
}

function lotusRoundel(r: Relief, x: number, y: number): void {
	for (let i = 0; i < 10; i++) {
		const angle = (i / 10) * 2 * Math.PI;
		const tip: Vec2 = [x + 0.021 * Math.cos(angle), y + 0.021 * Math.sin(angle)];
		const root: Vec2 = [x + 0.008 * Math.cos(angle), y + 0.008 * Math.sin(angle)];
		stroke(r, [root, tip], { radiusM: (t) => 0.0058 * (1 - t * 0.45), riseM: 0.0042 });
	}
	boss(r, x, y, 0.0095, 0.0065);
	for (let i = 0; i < 6; i++)
		boss(r, x + 0.005 * Math.cos(i), y + 0.005 * Math.sin(i), 0.0016, 0.0075);
}

function quarter(r: Relief, q: number): void {
	const x0 = -PANEL.widthM / 2 + q * QUARTER;
	const pad = 0.026;
	frame(r, x0 + pad, MOUTH_Y + 0.1, x0 + QUARTER - pad, MOUTH_Y + 0.222);
	frame(r, x0 + pad, MOUTH_Y + 0.272, x0 + QUARTER - pad, MOUTH_Y + 0.386);
	for (let i = 0; i < 9; i++) {
		const x = x0 + QUARTER / 2 + ((i % 3) - 1) * 0.056;
		const y = MOUTH_Y + 0.329 + (Math.floor(i / 3) - 1) * 0.033;
		boss(r, x, y, 0.0115, 0.003);
		boss(r, x, y, 0.0075, 0.0125);
	}
	for (const side of [0.012, -0.012]) {
		line(
			r,
			[
				[x0 + side, MOUTH_Y + 0.092],
				[x0 + side, MOUTH_Y + 0.392],
			],
			0.002,
			0.0022,
		);
	}
	lotusRoundel(r, x0 + (q === 0 ? 0.0001 : 0), MOUTH_Y + 0.162);
	if (q === 0) lotusRoundel(r, PANEL.widthM / 2, MOUTH_Y + 0.162);
	for (const k of [0, 1, 2]) {
		const x = x0 + (k + 0.5) * (QUARTER / 3) + 0.022;
		for (const curl of ruyiCloud([x, MOUTH_Y + 0.062], 0.05)) line(r, curl, 0.0014, 0.002);
	}
}

function shoulder(r: Relief): void {
	const count = 24;
	for (let i = 0; i < count; i++) {
		const x = -PANEL.widthM / 2 + ((i + 0.5) / count) * PANEL.widthM;
		const petal = lotusPetal([x, MOUTH_Y + 0.412], 0.04, 0.072);
		line(r, petal, 0.0018, 0.0026);
		stroke(
			r,
			[
				[x, MOUTH_Y + 0.42],
				[x, MOUTH_Y + 0.474],
			],
			{
				radiusM: (t) => 0.0115 * Math.sqrt(Math.max(0.02, 1 - t)) * (0.7 + t * 0.5),
				riseM: 0.0024,
			},
		);
	}
}

/** All that is raised on the bell, heights in metres over the plain wall. */
export async function bellRelief(): Promise<Relief> {
	const r = panel(PANEL.widthM, PANEL.heightM, 1500);
	const hoops = [0.03, 0.036, 0.088, 0.094, 0.232, 0.264, 0.394, 0.401];
	hoops.forEach((y, i) => {
		hoop(r, y, i % 2 ? 0.0014 : 0.0026, i % 2 ? 0.0014 : 0.003);
	});
	line(r, fret(-PANEL.widthM / 2, PANEL.widthM / 2, MOUTH_Y + 0.238, 0.02, 44), 0.0014, 0.0018);
	for (let q = 0; q < 4; q++) quarter(r, q);
	shoulder(r);
	const middle = (q: number) => -PANEL.widthM / 2 + (q + 0.5) * QUARTER;
	const lines = ['西山', '永定', '钟声', '示例'].map((text, q) => ({
		text,
		center: [middle(q), MOUTH_Y + 0.161] as const,
		sizeM: 0.046,
	}));
	await carveText(r, lines, 0.0022);
	carve(r, (x, y, h) => h + 0.0007 * fractal([x, y, 0.3], 0.03, 3, 41));
	return r;
}

const RUBBED: Vec3 = [0.74, 0.58, 0.34];
const SKIN: Vec3 = [0.36, 0.27, 0.16];
const SOOT: Vec3 = [0.11, 0.1, 0.08];
const GREEN: Vec3 = [0.25, 0.38, 0.33];
const PALE: Vec3 = [0.42, 0.54, 0.46];

/** Crest (1) to cavity (0), and how much verdigris has grown, at a place of the unrolled wall. */
function patina(r: Relief, soft: Relief, x: number, y: number): { crest: number; green: number } {
	const [px, py] = [(x - 0.5) * r.widthM, (0.5 - y) * r.heightM];
	const crest = step(-0.0016, 0.0022, heightAt(r, px, py) - heightAt(soft, px, py));
	const around: Vec3 = [Math.sin(x * 2 * Math.PI) * 0.17, py, Math.cos(x * 2 * Math.PI) * 0.17];
	const cloud = fractal(around, 0.11, 5, 43);
	const runs = fractal([around[0] * 3, py * 0.35, around[2] * 3], 0.05, 4, 47);
	const rain = step(0.05, 0.28, py) * 0.35 + step(-0.2, -0.285, py) * 0.25;
	const green = step(0.14, 0.8, cloud * 1.1 + runs * 0.75 + rain + (0.5 - crest) * 0.55);
	return { crest, green };
}

/** Colour, fine relief and roughness pictures of the bell's wall. */
export async function bellSkin(r: Relief) {
	const soft = worn(r, 0.005);
	const fine = worn(r, 0.0016);
	const residue: Relief = { ...r, data: r.data.map((h, i) => h - (fine.data[i] ?? 0)) };
	carve(residue, (x, y, h) => h + 0.00012 * fractal([x, y, 0], 0.003, 3, 53));
	const color = paintPicture(1440, 768, (x, y) => {
		const { crest, green } = patina(r, soft, x, y);
		const grain = fractal([x * 90, y * 50, 0], 1, 3, 57);
		const metal = blend(
			blend(SOOT, SKIN, step(0.1, 0.55, crest)),
			RUBBED,
			step(0.55, 1, crest) * 0.9,
		);
		const rust = blend(GREEN, PALE, step(0.1, 0.7, grain + (green - 0.6)));
		return blend(metal, rust, green * (crest > 0.8 ? 0.35 : 0.92)).map(
			(c) => c * (1 + 0.1 * grain),
		) as unknown as Vec3;
	});
	const finish: Picture = paintPicture(720, 384, (x, y) => {
		const { crest, green } = patina(r, soft, x, y);
		const bare = 1 - green * (crest > 0.8 ? 0.35 : 1);
		return [0, 0.86 - 0.46 * bare * step(0.3, 1, crest) - 0.12 * bare, 0.1 + 0.85 * bare];
	});
	return {
		baseColorPng: await png(color),
		normalPng: await png(normalPicture(residue, 0.9)),
		metalRoughPng: await png(finish),
	};
}
