import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { DataUtils } from 'three';
import { describe, expect, it } from 'vitest';
import { unpackProbe } from '../../../client/engine/light/probe-file.ts';
import { filterProbe, type ProbeLevel } from '../../../scripts/dev/light-probe/filter-probe.ts';
import { packProbe } from '../../../scripts/dev/light-probe/pack-probe.ts';

const ENV = resolve(import.meta.dirname, '../../../assets/env');
const file = readFileSync(resolve(ENV, 'gallery-probe.bin'));
const { roughnesses }: { roughnesses: number[] } = JSON.parse(
	readFileSync(resolve(ENV, 'gallery-probe.json'), 'utf8'),
);

/** Levels whose every number is another one, over what a probe may hold. */
function anyLevels(): ProbeLevel[] {
	return [64, 32, 16, 8].map((facePx) => {
		const texels = Float32Array.from(
			{ length: 6 * facePx * facePx * 3 },
			(_, i) => 12 * Math.abs(Math.sin(i * 12.9898)) ** 4,
		);
		return { facePx, texels };
	});
}

/** Light as the client reads it, in the order of a level's texels. */
function readLevel(bytes: Uint8Array, level: number): number[] {
	return unpackProbe(bytes).flatMap((mips) => {
		const { data = [] } = mips[level] ?? {};
		return Array.from(data)
			.filter((_, i) => i % 4 < 3)
			.map((half) => DataUtils.fromHalfFloat(half));
	});
}

describe('the probe that ships', () => {
	it('says to the client what was packed, to half a percent', () => {
		const levels = anyLevels();
		const bytes = packProbe(levels);
		for (const [index, { texels }] of levels.entries()) {
			const read = readLevel(bytes, index);
			expect(read).toHaveLength(texels.length);
			const off = read.map((each, i) => Math.abs(each - (texels[i] ?? 0)) / (texels[i] || 1));
			// Under a ten-thousandth half floats lose their digits; no light of the room is that dark.
			const seen = off.filter((_, i) => (texels[i] ?? 0) > 1e-4);
			expect(Math.max(...seen)).toBeLessThan(0.005);
		}
	});

	it('is what the room gives: run scripts/dev/light-probe.ts after changing it', () => {
		for (const level of [2, 3]) {
			const { texels } = filterProbe(64 >> level, roughnesses[level] ?? 0);
			const read = readLevel(file, level);
			const off = read.map((each, i) => Math.abs(each - (texels[i] ?? 0)) / (texels[i] ?? 1));
			expect(Math.max(...off)).toBeLessThan(0.01);
		}
	});

	it('costs a visitor less than 20 KB', () => {
		expect(brotliCompressSync(file).length).toBeLessThan(20 * 1024);
	});

	it('is brightest above, where the panel hangs', () => {
		const diffuse = readLevel(file, 3);
		const facePx = 8;
		const face = (index: number) =>
			diffuse.slice(index * facePx ** 2 * 3, (index + 1) * facePx ** 2 * 3);
		const [right, left, above, below, front, back] = [0, 1, 2, 3, 4, 5].map((index) =>
			face(index).reduce((sum, each) => sum + each, 0),
		);
		for (const other of [right, left, below, front, back])
			expect(above).toBeGreaterThan(other ?? 0);
	});
});
