import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
	CubeReflectionMapping,
	HalfFloatType,
	LinearFilter,
	LinearMipmapLinearFilter,
	NoColorSpace,
	PMREMGenerator,
	REVISION,
	RGBAFormat,
	type Texture,
} from 'three';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PROBE_FACE_PX, type ProbeMip } from '../../../../client/engine/light/probe-file.ts';

const ENV = resolve(import.meta.dirname, '../../../../assets/env');
const FILE = readFileSync(resolve(ENV, 'gallery-probe.bin'));
const MADE: { threeRevision: string; facePx: number; roughnesses: number[] } = JSON.parse(
	readFileSync(resolve(ENV, 'gallery-probe.json'), 'utf8'),
);

/** What the network answers, one call after another. */
let answers: (() => Response)[];
let asked: number;
const good = () => new Response(new Uint8Array(FILE));
const open = () => new AbortController().signal;
const light = () => import('../../../../client/engine/light/light-probe.ts');

beforeEach(() => {
	asked = 0;
	vi.resetModules();
	vi.stubGlobal('fetch', async () => {
		const answer = answers[asked++];
		if (answer === undefined) throw new TypeError('no network');
		return answer();
	});
});
afterEach(() => void vi.unstubAllGlobals());

const facesOf = (texture: Texture | undefined) => texture?.image as { mipmaps: ProbeMip[] }[];
const sumOf = (data: ArrayLike<number>) => Array.from(data).reduce((sum, each) => sum + each, 0);

describe('the file of the light probe', () => {
	it('was made for the three.js that reads it: run scripts/dev/light-probe.ts after an update', () => {
		expect(MADE.threeRevision).toBe(REVISION);
		expect(MADE.facePx).toBe(PROBE_FACE_PX);
		const last = MADE.roughnesses.length - 1;
		const lodToRoughness: unknown = Reflect.get(PMREMGenerator, 'lodToRoughness');
		if (typeof lodToRoughness !== 'function') throw new Error('three maps roughness otherwise now');
		for (const [level, roughness] of MADE.roughnesses.entries()) {
			expect(lodToRoughness(level, last)).toBeCloseTo(roughness, 10);
		}
	});
});

describe('loading the light probe', () => {
	it('gives a texture that three takes for one it has filtered itself', async () => {
		answers = [good];
		const texture = await (await light()).loadLightProbe(open());
		expect(texture).toMatchObject({
			isPMREMTexture: true,
			isCubeTexture: true,
			isRenderTargetTexture: false,
			mapping: CubeReflectionMapping,
			colorSpace: NoColorSpace,
			format: RGBAFormat,
			type: HalfFloatType,
			minFilter: LinearMipmapLinearFilter,
			magFilter: LinearFilter,
			generateMipmaps: false,
			flipY: false,
			version: 1,
		});
		const faces = facesOf(texture);
		expect(faces).toHaveLength(6);
		for (const { mipmaps } of faces) {
			expect(mipmaps.map(({ width }) => width)).toEqual(MADE.roughnesses.map((_, i) => 64 >> i));
			for (const { width, height, data } of mipmaps) {
				expect(data).toHaveLength(width * height * 4);
				expect(sumOf(data)).toBeGreaterThan(0);
			}
		}
	});

	it('fetches once for all stages of a page, and gives each a texture of its own', async () => {
		answers = [good];
		const { loadLightProbe } = await light();
		const [one, other] = await Promise.all([loadLightProbe(open()), loadLightProbe(open())]);
		expect(asked).toBe(1);
		expect(one).not.toBe(other);
		expect(facesOf(one)[0]?.mipmaps[0]?.data).toBe(facesOf(other)[0]?.mipmaps[0]?.data);
	});

	it.each([
		['no network', () => Response.error()],
		['a file that is not there', () => new Response('', { status: 404 })],
		['a file cut short', () => new Response(new Uint8Array(FILE.subarray(9)))],
	])('gives none with %s, and has it the next time', async (_, bad) => {
		answers = [bad, good];
		const { loadLightProbe } = await light();
		expect(await loadLightProbe(open())).toBeUndefined();
		expect(await loadLightProbe(open())).toBeDefined();
	});

	it('gives nothing to whoever has left', async () => {
		answers = [good];
		expect(await (await light()).loadLightProbe(AbortSignal.abort())).toBeUndefined();
	});

	it('gives a dark one at once, and fills it when the light has come', async () => {
		answers = [good];
		const { loadLightProbe, makeLightProbe } = await light();
		const onLit = vi.fn();
		const texture = makeLightProbe(open(), onLit);
		expect(sumOf(facesOf(texture)[2]?.mipmaps[0]?.data ?? [])).toBe(0);
		const lit = await loadLightProbe(open());
		await vi.waitFor(() => expect(texture.version).toBe(2));
		expect(onLit).toHaveBeenCalledOnce();
		expect(facesOf(texture)[2]?.mipmaps[0]?.data).toBe(facesOf(lit)[2]?.mipmaps[0]?.data);
	});
});
