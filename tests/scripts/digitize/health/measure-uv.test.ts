import { describe, expect, it } from 'vitest';
import { measureUv } from '../../../../scripts/digitize/health/measure-uv.ts';
import { plainMaterial, type SourceTexture } from '../../../../scripts/digitize/mesh/mesh.ts';
import { aSurface } from './surfaces.ts';

const texture: SourceTexture = {
	name: 'paint',
	bytes: new Uint8Array(0),
	widthPx: 2000,
	heightPx: 1000,
	hasAlpha: false,
};
const painted = { ...plainMaterial('painted'), maps: { baseColor: { texture: 0, strength: 1 } } };

/** Squares of a metre beside each other, each with its own square of the texture. */
function quads(...squares: [u: number, v: number, width: number, height: number][]) {
	const positions: number[] = [];
	const uvs: number[] = [];
	const indices: number[] = [];
	for (const [i, [u, v, width, height]] of squares.entries()) {
		positions.push(i, 0, 0, i + 1, 0, 0, i + 1, 1, 0, i, 1, 0);
		uvs.push(u, v, u + width, v, u + width, v + height, u, v + height);
		indices.push(...[0, 1, 2, 0, 2, 3].map((corner) => i * 4 + corner));
	}
	return aSurface(positions, indices, { uvs: Float32Array.from(uvs) });
}

describe('measuring how a texture lies', () => {
	it('finds the whole square used once, and its texels a millimetre', () => {
		const found = measureUv(quads([0, 0, 1, 1]), [painted], [texture]);
		expect(found).toMatchObject({ coverage: 1, overlap: 0, outside: 0, painted: 1 });
		const pxPerMm = Math.sqrt(2000 * 1000) / 1000;
		expect(found?.density?.p5).toBeCloseTo(pxPerMm, 5);
		expect(found?.density?.p95).toBeCloseTo(pxPerMm, 5);
	});

	it('counts what is used, and what is used twice', () => {
		const found = measureUv(quads([0, 0, 0.5, 1], [0.25, 0, 0.5, 1]), [painted], [texture]);
		expect(found?.coverage).toBeCloseTo(0.75, 3);
		expect(found?.overlap).toBeCloseTo(0.25 / 0.75, 3);
	});

	it('tells coarse places from fine ones', () => {
		const fine: [number, number, number, number] = [0.5, 0.5, 0.4, 0.4];
		const found = measureUv(quads([0, 0, 0.04, 0.04], fine, fine), [painted], [texture]);
		expect((found?.density?.p95 ?? 0) / (found?.density?.p5 ?? 1)).toBeCloseTo(10, 3);
	});

	it('sees a texture repeat', () => {
		const found = measureUv(quads([0, 0, 1, 1], [0, 0, 3, 2]), [painted], [texture]);
		expect(found?.outside).toBeCloseTo(0.5, 6);
		expect(found?.coverage).toBe(1);
	});

	it('sees which part has no picture', () => {
		const mesh = quads([0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0]);
		mesh.materialOf.fill(1, 8, 12);
		const found = measureUv(mesh, [painted, plainMaterial('bare')], [texture]);
		expect(found?.painted).toBeCloseTo(0.5, 6);
	});

	it('has nothing to measure without coordinates or maps', () => {
		expect(measureUv(aSurface([0, 0, 0], []), [painted], [texture])).toBeUndefined();
		expect(measureUv(quads([0, 0, 1, 1]), [plainMaterial('bare')], [texture])).toBeUndefined();
	});

	it('gives up counting rather than drawing without end', () => {
		const wild = quads([0, 0, 1, 1], [-1e30, -1e30, 2e30, 2e30]);
		expect(measureUv(wild, [painted], [texture])).toMatchObject({
			coverage: undefined,
			overlap: undefined,
		});
		const often = quads(...Array.from({ length: 40 }, () => [0, 0, 30, 30] as [0, 0, 30, 30]));
		expect(measureUv(often, [painted], [texture])?.coverage).toBeUndefined();
	});
});
