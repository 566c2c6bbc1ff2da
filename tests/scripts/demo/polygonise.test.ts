import { describe, expect, it } from 'vitest';
import { carve, melt, union } from '../../../scripts/demo/sdf/combine.ts';
import { partsOf } from '../../../scripts/demo/sdf/parts.ts';
import { polygonise, type Skin } from '../../../scripts/demo/sdf/polygonise.ts';
import { block, rod, sphere } from '../../../scripts/demo/sdf/primitives.ts';
import { madeOf, type Solid } from '../../../scripts/demo/sdf/solid.ts';
import { sweep } from '../../../scripts/demo/sdf/sweep.ts';
import { encodeGlb } from '../../../scripts/demo/write-glb.ts';

function skinOf(solid: Solid, cellM = 0.01): Skin {
	return polygonise({
		solid,
		min: [-0.3, -0.3, -0.3],
		max: [0.3, 0.3, 0.3],
		cellM,
		paint: (spot, color) => {
			color.set([1, 0.5, 0]);
			return spot.stuff;
		},
	});
}

/** How many edges are not shared by exactly one triangle each way. */
function openEdges(skin: Skin): number {
	const balance = new Map<string, number>();
	for (let i = 0; i < skin.indices.length; i += 3) {
		for (const [a, b] of [
			[0, 1],
			[1, 2],
			[2, 0],
		] as const) {
			const from = skin.indices[i + a] ?? 0;
			const to = skin.indices[i + b] ?? 0;
			const key = from < to ? `${from},${to}` : `${to},${from}`;
			balance.set(key, (balance.get(key) ?? 0) + (from < to ? 1 : -1));
		}
	}
	return [...balance.values()].filter((sum) => sum !== 0).length;
}

/** Volume inside, cubic metres: positive when triangles face outwards. */
function volume(skin: Skin): number {
	const at = (i: number, c: number) => skin.positions[(skin.indices[i] ?? 0) * 3 + c] ?? 0;
	let six = 0;
	for (let i = 0; i < skin.indices.length; i += 3) {
		const [ax, ay, az] = [at(i, 0), at(i, 1), at(i, 2)];
		const [bx, by, bz] = [at(i + 1, 0), at(i + 1, 1), at(i + 1, 2)];
		const [cx, cy, cz] = [at(i + 2, 0), at(i + 2, 1), at(i + 2, 2)];
		six += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
	}
	return six / 6;
}

describe('polygonise', () => {
	it('closes a ball, faces it outwards and keeps its volume', () => {
		const skin = skinOf(sphere([0.01, 0, 0], 0.2));
		expect(openEdges(skin)).toBe(0);
		expect(volume(skin)).toBeCloseTo((4 / 3) * Math.PI * 0.2 ** 3, 3);
	});

	it('puts vertices on the surface with normals that point away from it', () => {
		const skin = skinOf(sphere([0, 0, 0], 0.2));
		for (let i = 0; i < skin.positions.length; i += 3) {
			const [x = 0, y = 0, z = 0] = skin.positions.subarray(i, i + 3);
			const [nx = 0, ny = 0, nz = 0] = skin.normals.subarray(i, i + 3);
			expect(Math.hypot(x, y, z)).toBeCloseTo(0.2, 4);
			expect((x * nx + y * ny + z * nz) / 0.2).toBeGreaterThan(0.999);
		}
	});

	it('loses nothing when parts out of reach are left out', () => {
		const parts: Solid[] = [];
		for (let i = 0; i < 24; i++) {
			const a = i * 0.9;
			parts.push(rod([0, i * 0.015 - 0.18, 0], [0.2 * Math.cos(a), 0.1, 0.2 * Math.sin(a)], 0.02));
		}
		const body = carve(0.01, melt(0.012, ...parts), block([0, 0, 0.1], [0.05, 0.05, 0.05], 0.01));
		const whole = skinOf({ at: body.at });
		const thinned = skinOf(body);
		expect(openEdges(thinned)).toBe(0);
		expect(thinned.indices.length).toBe(whole.indices.length);
		expect(volume(thinned)).toBeCloseTo(volume(whole), 7);
	});

	it('closes a sweep whose thin tip carries relief', () => {
		const stations = [0, 1, 2, 3, 4, 5, 6].map((i) => ({
			at: [i * 0.03 - 0.1, i * i * 0.004, 0] as const,
			halfWidthM: 0.05 - 0.0075 * i,
			halfThickM: 0.05 - 0.0075 * i,
		}));
		const relief = () => -0.02;
		const horn = skinOf(sweep({ stations, relief, reliefMostM: 0.02 }), 0.004);
		expect(openEdges(horn)).toBe(0);
		expect(volume(horn)).toBeGreaterThan(0.0001);
	});
});

describe('partsOf', () => {
	const stone = { baseColor: [1, 1, 1, 1] as const, roughness: 1, metalness: 0 };
	const materials = [
		{ ...stone, name: 'clay' },
		{ ...stone, name: 'glaze' },
	];
	const twoBalls = union(
		madeOf(0, sphere([0.1, 0.1, 0], 0.08)),
		madeOf(1, sphere([-0.1, 0.1, 0], 0.08)),
	);

	it('splits by material and sets the object on the ground', () => {
		const parts = partsOf(skinOf(twoBalls), materials);
		expect(parts.map((part) => part.material.name)).toEqual(['clay', 'glaze']);
		const heights = parts.flatMap((part) => [...part.positions].filter((_, i) => i % 3 === 1));
		expect(Math.min(...heights)).toBeCloseTo(0, 6);
		expect(parts.every((part) => part.indices.length > 1000)).toBe(true);
	});

	it('drops flecks but keeps what was modelled', () => {
		const fleck = madeOf(1, sphere([0.2, 0.2, 0.2], 0.008));
		const [, glaze] = partsOf(skinOf(union(twoBalls, fleck)), materials);
		const [, alone] = partsOf(skinOf(twoBalls), materials);
		expect(glaze?.indices.length).toBe(alone?.indices.length);
	});

	it('writes the same bytes each time', async () => {
		const once = await encodeGlb(partsOf(skinOf(twoBalls), materials));
		const again = await encodeGlb(partsOf(skinOf(twoBalls), materials));
		expect(Buffer.compare(once, again)).toBe(0);
	});
});
