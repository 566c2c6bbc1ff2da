import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { evenSteps, smoothCurve } from '../surface/curve.ts';
import { finish, type Piece } from '../surface/finish.ts';
import { weatheredLimestone } from '../surface/matter.ts';
import { displace, type Mesh, type Vec2, type Vec3 } from '../surface/mesh.ts';
import { fractal, pits, step } from '../surface/noise.ts';
import { scales } from '../surface/ornament.ts';
import { normalPicture, png } from '../surface/picture.ts';
import { rectBody } from '../surface/rect-body.ts';
import { heightAt, type Relief, worn } from '../surface/relief.ts';
import { crownCarving, faceCarving, pedestalCarving } from '../surface/stele-carving.ts';

const BASE_TOP_M = 0.56;
const SLAB = { widthM: 0.74, depthM: 0.22, heightM: 1.06 };
const CROWN = { widthM: 0.82, depthM: 0.27, heightM: 0.58 };

const STONE: DemoMaterial = {
	name: 'limestone',
	baseColor: [1, 1, 1, 1],
	roughness: 0.92,
	metalness: 0,
};

/** Time: a rough skin, pits, and bites out of the arrises where `edgeM` (distance to one) is small. */
function weather(m: Mesh, edgeM: (p: Vec3) => number): Mesh {
	return displace(m, ({ p }) => {
		const bite = step(0.05, 0.3, fractal(p, 0.11, 3, 91)) * step(0.045, 0, edgeM(p));
		const hole = 0.003 * step(0.3, 0.12, pits(p, 0.035, 93));
		return 0.0022 * fractal(p, 0.045, 4, 95) - 0.016 * bite - hole;
	});
}

function slab(face: Relief, fromM: number): Mesh {
	const [hw, hd] = [SLAB.widthM / 2, SLAB.depthM / 2];
	const levels = evenSteps<Vec3>(
		[
			[hw, hd, fromM - 0.03],
			[hw * 0.985, hd * 0.98, fromM + SLAB.heightM],
		],
		0.0054,
	);
	return rectBody({
		levels,
		cornerM: 0.012,
		across: { front: 132, side: 16, back: 44 },
		carvingM: (side, x, _, level) =>
			side === 'front' ? heightAt(face, x, level[2] - fromM - SLAB.heightM / 2) : 0,
		uv: (side, x, _, level) =>
			side === 'front'
				? [x / SLAB.widthM + 0.5, Math.min(1, 1 - (level[2] - fromM) / SLAB.heightM)]
				: [0.5, 0.5],
	});
}

/** Half width of the crown at a height above its foot: upright sides under a round head. */
function crownOutline(): [side: Vec3[], top: Vec3[]] {
	const [hw, hd, h] = [CROWN.widthM / 2, CROWN.depthM / 2, CROWN.heightM];
	const outline = smoothCurve<Vec2>(
		[
			[hw - 0.03, 0],
			[hw, 0.03],
			[hw, 0.16],
			[hw - 0.006, 0.28],
			[hw - 0.07, 0.41],
			[hw - 0.18, 0.505],
			[hw - 0.3, h - 0.015],
		],
		8,
	);
	const side = outline.map(([w, y]): Vec3 => [w, hd - Math.max(0, y - 0.45) * 0.25, y]);
	const top = [1, 0.8, 0.5, 0.2, 0].map(
		(k, i): Vec3 => [
			(hw - 0.3) * (0.6 + 0.4 * k) * (k > 0 ? 1 : 0.9),
			(hd - 0.03) * k,
			h - 0.012 + 0.012 * Math.sin((i / 4) * (Math.PI / 2)),
		],
	);
	return [[[hw - 0.06, hd - 0.05, -0.01], [hw - 0.03, hd - 0.01, -0.002], ...side.slice(1)], top];
}

function crown(carving: Relief, fromM: number): Mesh {
	const [side, top] = crownOutline();
	const levels = [...evenSteps(side, 0.0056), ...evenSteps(top, 0.014).slice(1)].map(
		([w, d, y]): Vec3 => [w, d, y + fromM],
	);
	const y0 = fromM + CROWN.heightM / 2;
	return rectBody({
		levels,
		cornerM: 0.03,
		across: { front: 160, side: 30, back: 70 },
		carvingM: (side, x, along, level) => {
			const flat = (side === 'side' ? level[1] : level[0]) - 0.03;
			const rim = step(flat, flat - 0.016, Math.abs(x));
			if (side !== 'side')
				return 0.012 + rim * (heightAt(carving, x * 1.1, level[2] - y0) * 0.9 - 0.012);
			const across = (Math.abs(x) - 0.055) / 0.056;
			const round = Math.sqrt(Math.max(0, 1 - across * across));
			return (
				0.012 + rim * (0.026 * round + 0.014 * round * scales(-along, across * 0.055, 0.05) - 0.012)
			);
		},
		uv: (side, x, _, level) =>
			side === 'side'
				? [0.001, 0.999]
				: [
						Math.min(1, Math.max(0, (x * 1.08) / CROWN.widthM + 0.5)),
						Math.min(1, Math.max(0, 0.5 - (level[2] - y0) / CROWN.heightM)),
					],
	});
}

function pedestal(): Mesh {
	const outline: Vec2[] = [
		[0.06, 0],
		[0.006, 0.002],
		[0, 0.01],
		[0, 0.1],
		[0.008, 0.108],
		[0.03, 0.112],
		...smoothCurve<Vec2>(
			[
				[0.032, 0.116],
				[0.044, 0.15],
				[0.074, 0.185],
				[0.112, 0.2],
			],
			6,
		),
		[0.118, 0.206],
		[0.118, 0.222],
		[0.138, 0.228],
		[0.138, 0.35],
		[0.118, 0.356],
		[0.118, 0.372],
		...smoothCurve<Vec2>(
			[
				[0.112, 0.378],
				[0.074, 0.393],
				[0.044, 0.428],
				[0.032, 0.462],
			],
			6,
		),
		[0.03, 0.466],
		[0.008, 0.47],
		[0, 0.478],
		[0, 0.55],
		[0.008, BASE_TOP_M],
	];
	const levels = evenSteps(
		outline.map(([inset, y]): Vec3 => [0.53 - inset, 0.34 - inset, y]),
		0.009,
	);
	const long = pedestalCarving(1.06, 0.76);
	const short = pedestalCarving(0.68, 0.76);
	return rectBody({
		levels: [
			...levels,
			...[0.5, 0.48, 0.46, 0.44, 0.42, 0.4, 0.38, 0.36, 0.33].map(
				(w): Vec3 => [w, w - 0.19, BASE_TOP_M + (0.5 - w) * 0.02],
			),
			[0.19, 0, BASE_TOP_M + 0.004],
		],
		cornerM: 0.02,
		across: { front: 126, side: 72, back: 76 },
		carvingM: (side, x, along, level) => {
			const isFlat = level[2] > 0.548 || level[2] < 0.012;
			const r = side === 'side' ? short : long;
			return isFlat ? 0 : heightAt(r, x, along - 0.06 - r.heightM / 2);
		},
	});
}

function edgeOf(halfW: number, halfD: number) {
	return (p: Vec3) => Math.max(halfW - Math.abs(p[0]), halfD - Math.abs(p[2]));
}

/** 石碑 (示例): a limestone stele with an entwined-dragon crown on a lotus pedestal; 2.2 m high. */
export async function stele(): Promise<DemoPart[]> {
	const slabFrom = BASE_TOP_M;
	const crownFrom = BASE_TOP_M + SLAB.heightM;
	const face = await faceCarving(SLAB.widthM, SLAB.heightM);
	const dragons = await crownCarving(CROWN.widthM, CROWN.heightM);
	const fine = async (r: Relief): Promise<Uint8Array> => {
		const smooth = worn(r, 0.0032);
		return png(normalPicture({ ...r, data: r.data.map((h, i) => h - (smooth.data[i] ?? 0)) }, 1));
	};
	const pieces: Piece[] = [
		{
			material: { ...STONE, name: 'limestone-face', normalPng: await fine(face) },
			mesh: weather(slab(face, slabFrom), edgeOf(SLAB.widthM / 2, SLAB.depthM / 2)),
			isTextured: true,
			age: weatheredLimestone,
		},
		{
			material: { ...STONE, name: 'limestone-crown', normalPng: await fine(dragons) },
			mesh: weather(crown(dragons, crownFrom), () => 1),
			isTextured: true,
			age: weatheredLimestone,
		},
		{ material: STONE, mesh: weather(pedestal(), edgeOf(0.53, 0.34)), age: weatheredLimestone },
	];
	return finish(pieces, 0.11, 12);
}
