import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { RefusalCode } from '#schema/digitize/refusal';
import type { Format } from '../../../../../scripts/digitize/intake/formats.ts';
import { readSplats } from '../../../../../scripts/digitize/splats/read/read-splats.ts';
import { unpackSpz } from '../../../../../scripts/digitize/splats/read/unpack-spz.ts';
import type { SplatCloud } from '../../../../../scripts/digitize/splats/splat-cloud.ts';
import { writeSog } from '../../../../../scripts/digitize/splats/write/write-sog.ts';
import { writeSpz } from '../../../../../scripts/digitize/splats/write/write-spz.ts';
import { aCompressedPly, aFirstSog } from '../../../../support/packed-splats.ts';
import { aSplatFile, aSplatPly, someSplats } from '../../../../support/splat-files.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../../support/temporary-folder.ts';
import { sourceOf } from '../../source-of.ts';

const COUNT = 3000;
let folder: TemporaryFolder;
let files = 0;

beforeAll(async () => {
	folder = await temporaryFolder('splats');
});
afterAll(() => folder[Symbol.asyncDispose]());

async function read(name: string, bytes: Uint8Array): Promise<SplatCloud> {
	files += 1;
	const path = join(folder.path, `${files}-${name}`);
	await writeFile(path, bytes);
	const source = { ...sourceOf(name, bytes), path };
	return await readSplats(source, extname(name).slice(1) as Format);
}

async function refusalOf(name: string, bytes: Uint8Array): Promise<RefusalCode | undefined> {
	return await read(name, bytes).then(
		() => undefined,
		(error) => error.code,
	);
}

/** The largest differences of two clouds; `turnRad` between their rotations. */
function differences(a: SplatCloud, b: SplatCloud) {
	const most = (of: 'positions' | 'scales' | 'colours' | 'opacities' | 'sh') => {
		expect(a[of].length).toBe(b[of].length);
		return a[of].reduce((sum, v, i) => Math.max(sum, Math.abs(v - (b[of][i] ?? 0))), 0);
	};
	let turnRad = 0;
	for (let i = 0; i < a.rotations.length; i += 4) {
		let dot = 0;
		for (let k = i; k < i + 4; k += 1) dot += (a.rotations[k] ?? 0) * (b.rotations[k] ?? 0);
		turnRad = Math.max(turnRad, 2 * Math.acos(Math.min(Math.abs(dot), 1)));
	}
	return {
		placeM: most('positions'),
		logScale: most('scales'),
		colour: most('colours'),
		opacity: most('opacities'),
		sh: most('sh'),
		turnRad,
	};
}

describe('splats of training programs', () => {
	it.each([0, 1, 2, 3] as const)(
		'come back from SPZ within its steps, harmonics of degree %i',
		async (d) => {
			const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT, d)));
			expect(cloud.shDegree).toBe(d);
			const back = await read('scan.spz', writeSpz(cloud, d));
			const { placeM, logScale, colour, opacity, sh, turnRad } = differences(cloud, back);
			expect(placeM).toBeLessThan(Math.exp(cloud.scales[0] ?? 0) / 16);
			expect(logScale).toBeLessThanOrEqual(1 / 32 + 1e-6);
			expect(colour).toBeLessThanOrEqual(0.5 / 255 / 0.15 + 1e-6);
			expect(opacity).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
			expect(sh).toBeLessThanOrEqual(8.5 / 128);
			expect(turnRad).toBeLessThan(0.005);
		},
	);

	it('keep the channels of their harmonics apart', async () => {
		const [splat] = someSplats(1, 1);
		if (splat === undefined) throw new Error('no splat');
		splat.rest = [1, 2, 3, 4, 5, 6, 7, 8, 9];
		const cloud = await read('scan.ply', aSplatPly([splat, splat]));
		expect([...cloud.sh.subarray(0, 9)]).toEqual([1, 4, 7, 2, 5, 8, 3, 6, 9]);
	});

	it('come back from SOG without harmonics', async () => {
		const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT)));
		const back = await read('scan.sog', await writeSog(cloud));
		const { placeM, logScale, colour, opacity, turnRad } = differences(cloud, back);
		expect(placeM).toBeLessThan(0.0001);
		expect(logScale).toBeLessThan(0.01);
		expect(colour).toBeLessThan(0.015);
		expect(opacity).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
		expect(turnRad).toBeLessThan(0.02);
	});

	it('are the same in a .splat, within its bytes', async () => {
		const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT)));
		const { placeM, logScale, turnRad } = differences(
			cloud,
			await read('a.splat', aSplatFile(someSplats(COUNT))),
		);
		expect(placeM).toBe(0);
		expect(logScale).toBeLessThan(1e-5);
		expect(turnRad).toBeLessThan(0.03);
	});

	it.each([0, 1, 2, 3] as const)(
		'come back from a compressed PLY within its steps, harmonics of degree %i',
		async (d) => {
			const splats = someSplats(COUNT, d);
			const cloud = await read('scan.ply', aSplatPly(splats));
			const back = await read('scan.ply', aCompressedPly(splats));
			expect(back.isYUp).toBe(false);
			const { placeM, logScale, colour, opacity, sh, turnRad } = differences(cloud, back);
			expect(placeM).toBeLessThan(0.002);
			expect(logScale).toBeLessThan(0.002);
			expect(colour).toBeLessThan(0.01);
			expect(opacity).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
			expect(sh).toBeLessThanOrEqual(0.5 / 32 + 1e-6);
			expect(turnRad).toBeLessThan(0.005);
		},
	);

	it('come back from a compressed PLY of before 2024, whose colours have no limits', async () => {
		const splats = someSplats(COUNT).map((s) => ({
			...s,
			colour: [0.9, -0.2, 0.1] as [number, number, number],
		}));
		const cloud = await read('scan.ply', aSplatPly(splats));
		const back = await read('scan.ply', aCompressedPly(splats, false));
		expect(differences(cloud, back).colour).toBeLessThanOrEqual(0.5 / 255 / 0.28 + 1e-6);
	});

	it('come back from SOG of version 1, with the harmonics of its palette', async () => {
		const splats = someSplats(COUNT, 2);
		const cloud = await read('scan.ply', aSplatPly(splats));
		const back = await read('scan.sog', await aFirstSog(splats));
		expect(back).toMatchObject({ shDegree: 2, isYUp: false });
		const { placeM, logScale, colour, opacity, turnRad } = differences(cloud, back);
		expect(placeM).toBeLessThan(0.0001);
		expect(logScale).toBeLessThan(0.02);
		expect(colour).toBeLessThan(0.01);
		expect(opacity).toBeLessThan(0.001);
		expect(turnRad).toBeLessThan(0.02);
		// Every 64th splat has the harmonics of the first.
		for (const [k, value] of cloud.sh.subarray(0, 24).entries()) {
			expect(back.sh[64 * 24 + k]).toBeCloseTo(value, 2);
		}
	});

	it('stand upright where the format or its writer says so', async () => {
		const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT)));
		expect(cloud.isYUp).toBe(false);
		expect((await read('a.splat', aSplatFile(someSplats(COUNT)))).isYUp).toBe(false);
		expect((await read('a.spz', writeSpz(cloud, 0))).isYUp).toBe(true);
		expect((await read('a.sog', await writeSog(cloud))).isYUp).toBe(true);
	});

	it('keep three degrees of the four that an SPZ may have', async () => {
		const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT, 3)));
		const { arrays, fractionalBits } = unpackSpz(Buffer.from(writeSpz(cloud, 3)), 'a.spz');
		const { positions, alphas, colours, scales, rotations, sh } = arrays;
		const wide = Buffer.alloc(COUNT * 72, 7);
		for (let i = 0; i < COUNT; i += 1) sh.copy(wide, i * 72, i * 45, i * 45 + 45);
		const head = header(3, fractionalBits, 16);
		head[12] = 4;
		const all = [head, positions, alphas, colours, scales, rotations, wide];
		const back = await read('a.spz', gzipSync(Buffer.concat(all)));
		expect(back.sh).toEqual((await read('b.spz', writeSpz(cloud, 3))).sh);
	});

	it('are read from SPZ of version 2 and 4 as well', async () => {
		const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT, 1)));
		const { arrays, fractionalBits } = unpackSpz(Buffer.from(writeSpz(cloud, 1)), 'a.spz');
		const first = await read('a.spz', packOld(cloud, arrays, fractionalBits));
		expect(differences(cloud, first).turnRad).toBeLessThan(0.2);
		const fourth = await read('b.spz', packStreams(arrays, fractionalBits));
		expect(differences(cloud, fourth)).toEqual(
			differences(cloud, await read('c.spz', writeSpz(cloud, 1))),
		);
	});
});

type Arrays = ReturnType<typeof unpackSpz>['arrays'];

function header(version: number, fractionalBits: number, bytes: number): Buffer {
	const head = Buffer.alloc(bytes);
	head.write('NGSP', 0, 'latin1');
	head.writeUInt32LE(version, 4);
	head.writeUInt32LE(COUNT, 8);
	head[12] = 1;
	head[13] = fractionalBits;
	return head;
}

/** Version 2: x, y and z of a rotation as bytes. */
function packOld({ rotations }: SplatCloud, arrays: Arrays, fractionalBits: number): Buffer {
	const bytes = Buffer.alloc(COUNT * 3);
	for (let i = 0; i < COUNT; i += 1) {
		const sign = (rotations[i * 4 + 3] ?? 0) < 0 ? -1 : 1;
		for (let k = 0; k < 3; k += 1) {
			bytes[i * 3 + k] = Math.round((rotations[i * 4 + k] ?? 0) * sign * 127.5 + 127.5);
		}
	}
	const { positions, alphas, colours, scales, sh } = arrays;
	const head = header(2, fractionalBits, 16);
	return gzipSync(Buffer.concat([head, positions, alphas, colours, scales, bytes, sh]));
}

/** Version 4: a table, then each array as zstd. */
function packStreams(arrays: Arrays, fractionalBits: number): Buffer {
	const head = header(4, fractionalBits, 32);
	const { positions, alphas, colours, scales, rotations, sh } = arrays;
	const plain = [positions, alphas, colours, scales, rotations, sh];
	const packed = plain.map((array) => zstdCompressSync(array));
	head[15] = plain.length;
	head.writeUInt32LE(32, 16);
	const table = Buffer.alloc(plain.length * 16);
	for (const [i, stream] of packed.entries()) {
		table.writeBigUInt64LE(BigInt(stream.length), i * 16);
		table.writeBigUInt64LE(BigInt(plain[i]?.length ?? 0), i * 16 + 8);
	}
	return Buffer.concat([head, table, ...packed]);
}

describe('splats that cannot be used', () => {
	it('are refused as PLY and .splat', async () => {
		const ply = aSplatPly(someSplats(COUNT));
		expect(await refusalOf('a.ply', ply.subarray(0, 90_000))).toBe('file-truncated');
		const head = ply.indexOf('end_header') + 11;
		const many = ply.subarray(0, head).toString().replace('3000', '4000000000');
		expect(await refusalOf('a.ply', Buffer.from(many))).toBe('count-impossible');
		const bare = 'ply\nformat ascii 1.0\nelement vertex 1\nproperty float f_dc_0\nend_header\n1';
		expect(await refusalOf('a.ply', Buffer.from(bare))).toBe('splats-empty');
		expect(await refusalOf('a.splat', Buffer.alloc(50))).toBe('file-truncated');
		const nowhere = Buffer.alloc(64, 255);
		expect(await refusalOf('a.splat', nowhere)).toBe('splats-empty');
	});

	it('are refused as SPZ: cut, damaged, lying, or a bomb', async () => {
		const cloud = await read('scan.ply', aSplatPly(someSplats(COUNT)));
		const spz = Buffer.from(writeSpz(cloud, 0));
		expect(await refusalOf('a.spz', spz.subarray(0, spz.length - 500))).toBe('file-truncated');
		const damaged = Buffer.from(spz);
		damaged.fill(0x55, 3000, 3100);
		expect(await refusalOf('a.spz', damaged)).toBe('structure-invalid');
		const lying = header(3, 12, 16);
		lying.writeUInt32LE(7_000_000, 8);
		expect(await refusalOf('a.spz', gzipSync(lying))).toBe('count-impossible');
		lying.writeUInt32LE(0xffffffff, 8);
		expect(await refusalOf('a.spz', gzipSync(lying))).toBe('scan-too-large');
		const bomb = Buffer.concat([header(3, 12, 16), Buffer.alloc(20_000_000)]);
		expect(await refusalOf('a.spz', gzipSync(bomb, { level: 1 }))).toBe('count-impossible');
		const future = Buffer.concat([header(9, 12, 16), Buffer.alloc(COUNT * 29)]);
		expect(await refusalOf('a.spz', gzipSync(future))).toBe('structure-invalid');
		const table = header(4, 12, 32);
		table[15] = 6;
		table.writeUInt32LE(0xfffffff0, 16);
		expect(await refusalOf('a.spz', table)).toBe('file-truncated');
	});

	it('are refused as a compressed PLY whose elements do not fit together', async () => {
		const ply = aCompressedPly(someSplats(COUNT, 1)).toString('latin1');
		const changed = (from: string, to: string) => Buffer.from(ply.replace(from, to), 'latin1');
		const few = changed('element chunk 12', 'element chunk 11');
		expect(await refusalOf('a.ply', few)).toBe('structure-invalid');
		const odd = changed('property uchar f_rest_8\n', '');
		expect(await refusalOf('a.ply', odd)).toBe('structure-invalid');
		expect(await refusalOf('a.ply', Buffer.from(ply, 'latin1').subarray(0, 60_000))).toBe(
			'file-truncated',
		);
	});

	it('are refused as SOG', async () => {
		const zip = (meta: string) => {
			const file = new ZipFile();
			file.addBuffer(Buffer.from(meta), 'meta.json');
			file.end();
			return buffer(file.outputStream as NodeJS.ReadableStream);
		};
		expect(await refusalOf('a.sog', Buffer.from('PK\u0003\u0004 and more'))).toBe(
			'structure-invalid',
		);
		expect(await refusalOf('a.sog', await zip('{'))).toBe('json-invalid');
		expect(await refusalOf('a.sog', await zip('{"version": 2}'))).toBe('structure-invalid');
		expect(await refusalOf('a.sog', await zip(' '.repeat(5_000_000)))).toBe('archive-unsafe');
	});
});
