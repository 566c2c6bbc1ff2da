import type { DemoMaterial, DemoPart } from '../demo-part.ts';
import { bannerPole } from '../surface/banner-pole.ts';
import { bannerSilk, SILK, streamerSilk } from '../surface/banner-silk.ts';
import { cloth, edgeOf } from '../surface/cloth.ts';
import { finish, type Piece } from '../surface/finish.ts';
import { handledWood } from '../surface/matter.ts';
import { type Mesh, merge, place, tint, type Vec3 } from '../surface/mesh.ts';
import { blend, fractal, step } from '../surface/noise.ts';
import { pose } from '../surface/pose.ts';
import { sweep } from '../surface/sweep.ts';
import { jingle, tassel } from '../surface/textile.ts';

/** The bar the silk hangs from, metres over the ground; the pole stands behind it. */
const BAR_M = 2.34;
const FRONT_M = 0.035;

const RED: Vec3 = [0.78, 0.1, 0.08];
const YELLOW: Vec3 = [0.88, 0.62, 0.14];
const DYES: readonly Vec3[] = [
	[0.14, 0.3, 0.62],
	[0.86, 0.6, 0.16],
	[0.12, 0.46, 0.34],
	[0.72, 0.14, 0.12],
	[0.55, 0.2, 0.42],
];

function braid(points: readonly Vec3[]): Mesh {
	return tint(
		sweep(
			points.filter((_, i) => i % 2 === 0 || i === points.length - 1),
			{ sides: 6, radiusM: (t) => 0.0042 + 0.0009 * Math.sin(t * 260) },
		),
		YELLOW,
	);
}

function thread(at: Vec3, lengthM: number, color: Vec3, seed: number, strands = 21): Mesh {
	return place(
		tassel({ lengthM, radiusM: 0.014, strands, color, knot: YELLOW, seed }),
		pose({ at }),
	);
}

interface Hung {
	readonly silk: Mesh[];
	readonly trim: Mesh[];
}

/** The main panel and the braid and fringe round it. */
function mainPanel(): Hung & { readonly lining: Mesh } {
	const [columns, rows] = [104, 280];
	const hung = {
		widthM: SILK.widthM,
		heightM: SILK.heightM,
		foldM: 0.013,
		folds: 2.6,
		seed: 2,
		driftM: 0.02,
	};
	const m = cloth({ ...hung, top: [0, BAR_M - 0.012, FRONT_M], columns, rows });
	const lining = cloth({
		...hung,
		top: [0, BAR_M - 0.012, FRONT_M - 0.004],
		columns: 52,
		rows: 140,
	});
	const left = edgeOf(m, columns, rows, 'left');
	const right = edgeOf(m, columns, rows, 'right');
	const hem = edgeOf(m, columns, rows, 'hem');
	return { silk: [m], lining: tint(lining, [0.5, 0.1, 0.09]), trim: [left, right, hem].map(braid) };
}

/** Streamers at both sides, five tails below, the valance above: dyed brocade with tassels. */
function streamers(): Hung {
	const silk: Mesh[] = [];
	const trim: Mesh[] = [];
	const strip = (top: Vec3, widthM: number, heightM: number, dye: Vec3, seed: number) => {
		const rows = Math.round(heightM * 110);
		const m = cloth({
			top,
			widthM,
			heightM,
			columns: 16,
			rows,
			foldM: 0.016,
			folds: 0.8,
			seed,
			driftM: 0.02 * Math.sin(seed * 2.3),
			hemM: (across) => 0.05 * Math.abs(across),
			uv: (u, v) => [u, ((v * heightM) / 0.5) % 1],
		});
		silk.push(tint(m, dye));
		const hem = edgeOf(m, 16, rows, 'hem');
		trim.push(braid(edgeOf(m, 16, rows, 'left')), braid(edgeOf(m, 16, rows, 'right')), braid(hem));
		const tip = hem[8] as Vec3;
		trim.push(thread([tip[0], tip[1] + 0.004, tip[2]], 0.15, RED, seed));
	};
	[-1, 1].forEach((s, k) => {
		strip([s * 0.335, BAR_M - 0.02, FRONT_M - 0.004], 0.085, 1.3, DYES[k ? 2 : 0] as Vec3, 11 + k);
		strip([s * 0.43, BAR_M - 0.02, FRONT_M - 0.01], 0.075, 1.02, DYES[1] as Vec3, 13 + k);
	});
	for (let i = 0; i < 5; i++) {
		strip(
			[(i - 2) * 0.097 + 0.02, BAR_M - SILK.heightM - 0.002, FRONT_M + 0.004 * Math.sin(i * 2)],
			0.082,
			i % 2 ? 0.27 : 0.31,
			DYES[i] as Vec3,
			21 + i,
		);
	}
	return { silk, trim };
}

function valance(): Hung {
	const [columns, rows] = [150, 22];
	const bays = 7;
	const m = cloth({
		top: [0, BAR_M + 0.012, FRONT_M + 0.016],
		widthM: 0.66,
		heightM: 0.125,
		columns,
		rows,
		foldM: 0.009,
		folds: 7,
		seed: 5,
		hemM: (across) => 0.05 * (1 - Math.abs(Math.sin(((across + 1) / 2) * bays * Math.PI))),
		uv: (u, v) => [(u * bays) % 1, v * 0.3],
	});
	const dyed = tint(m, ({ uv }) => (uv[1] < 0.02 ? YELLOW : [0.13, 0.33, 0.5]));
	const hem = edgeOf(m, columns, rows, 'hem');
	const trim = [braid(hem)];
	for (let i = 0; i < bays; i++) {
		const p = hem[Math.round(((i + 0.5) / bays) * columns)] as Vec3;
		trim.push(
			thread([p[0], p[1] + 0.004, p[2]], 0.105, i % 2 ? RED : [0.9, 0.66, 0.2], 40 + i, 22),
		);
	}
	return { silk: [dyed], trim };
}

function bells(): Mesh {
	const places: Vec3[] = [-1, 1].flatMap((s): Vec3[] => [
		[s * 0.62, BAR_M - 0.07, FRONT_M - 0.02],
		[s * 0.475, BAR_M - 0.018, FRONT_M - 0.02],
		[s * 0.29, BAR_M - 0.018, FRONT_M - 0.02],
	]);
	return merge(
		places.map((at, i) =>
			place(jingle(i % 3 === 0 ? 0.07 : 0.045), pose({ at, turnRad: [0, i, 0] })),
		),
	);
}

/** Silk keeps its dye; dust and creases only deepen it. */
function silkAge({ p, color }: { p: Vec3; color: Vec3 }, open: number): Vec3 {
	const k = 0.5 + 0.5 * open;
	const dusty = step(0.1, 0.5, fractal(p, 0.2, 4, 195)) * 0.12;
	return blend([color[0] * k, color[1] * k * 0.97, color[2] * k * 0.95], [0.5, 0.42, 0.34], dusty);
}

function gilt({ p, color }: { p: Vec3; color: Vec3 }, open: number): Vec3 {
	const rubbed = step(0.12, 0.4, fractal(p, 0.02, 4, 197)) * 0.55;
	const c = blend(color, [0.36, 0.1, 0.06], rubbed);
	return blend([0.1, 0.05, 0.03], c, 0.4 + 0.6 * open);
}

const base = (name: string, roughness: number, metalness = 0): DemoMaterial => ({
	name,
	baseColor: [1, 1, 1, 1],
	roughness,
	metalness,
});

/** 幡 (示例): a festival banner of embroidered silk on its pole, with bells and tassels; 2.9 m high. */
export async function banner(): Promise<DemoPart[]> {
	const { silk, trim, lining } = mainPanel();
	const strips = streamers();
	const crown = valance();
	const pole = bannerPole(BAR_M, FRONT_M);
	const brass = tint(bells(), [0.78, 0.58, 0.26]);
	const pieces: Piece[] = [
		{
			material: { ...base('embroidered-silk', 0.62), ...(await bannerSilk()) },
			mesh: merge(silk),
			isTextured: true,
			age: silkAge,
		},
		{
			material: { ...base('brocade', 0.6), doubleSided: true, ...(await streamerSilk()) },
			mesh: merge([...strips.silk, ...crown.silk]),
			isTextured: true,
			age: silkAge,
		},
		{ material: { ...base('lining', 0.75), doubleSided: true }, mesh: lining, age: silkAge },
		{
			material: base('silk-thread', 0.7),
			mesh: merge([...trim, ...strips.trim, ...crown.trim]),
			age: silkAge,
		},
		{ material: base('brass', 0.36, 1), mesh: brass },
		{ material: base('gilt', 0.38, 0.65), mesh: pole.gilt, age: gilt },
		{ material: base('red-lacquer', 0.35), mesh: pole.lacquer, age: handledWood },
		{ material: base('elm', 0.62), mesh: pole.wood, age: handledWood },
	];
	return finish(pieces, 0.09, 12);
}
