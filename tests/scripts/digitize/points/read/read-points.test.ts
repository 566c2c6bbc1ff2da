import { open, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefusalCode } from '#schema/digitize/refusal';
import type { Format } from '../../../../../scripts/digitize/intake/formats.ts';
import type { PointCloud } from '../../../../../scripts/digitize/points/point-cloud.ts';
import { readPoints } from '../../../../../scripts/digitize/points/read/read-points.ts';
import { anE57 } from '../../../../support/e57-file.ts';
import { aLas, aLaz, somePoints, type TestPoint } from '../../../../support/point-files.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../../support/temporary-folder.ts';
import { sourceOf } from '../../source-of.ts';

const POINTS = somePoints(2000);
let folder: TemporaryFolder;
let files = 0;

beforeAll(async () => {
	folder = await temporaryFolder('points');
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Reads bytes as the pipeline does: from a file, by ranges. */
async function read(name: string, bytes: Buffer): Promise<PointCloud> {
	files += 1;
	const path = join(folder.path, `${files}-${name}`);
	await writeFile(path, bytes);
	const source = { ...sourceOf(name, bytes.subarray(0, 100)), path, sizeBytes: bytes.length };
	return await readPoints(source, extname(name).slice(1) as Format);
}

/** The largest distance of a cloud's points from where they should be. */
function worst(cloud: PointCloud, points: TestPoint[]): number {
	let most = 0;
	for (const [i, { place }] of points.entries()) {
		for (let k = 0; k < 3; k += 1) {
			const value = (cloud.positions[i * 3 + k] ?? 0) + (cloud.origin[k] ?? 0);
			most = Math.max(most, Math.abs(value - (place[k] ?? 0)));
		}
	}
	return most;
}

async function refusalOf(name: string, bytes: Buffer): Promise<RefusalCode | undefined> {
	return await read(name, bytes).then(
		() => undefined,
		(error) => error.code,
	);
}

describe('LAS', () => {
	it.each([0, 2, 3, 6, 7])('keeps places, intensity and colours of point format %i', async (f) => {
		const cloud = await read('scan.las', aLas(POINTS, { pointFormat: f }));
		expect(worst(cloud, POINTS)).toBeLessThan(0.00006);
		expect(cloud.intensity?.[7]).toBe(POINTS[7]?.intensity);
		const colours = f === 0 || f === 6 ? undefined : POINTS[7]?.colour;
		expect(cloud.colours && [...cloud.colours.subarray(21, 24)]).toEqual(colours);
		expect(cloud.isMetric).toBe(true);
	});

	it('keeps a tenth of a millimetre far from the origin of its coordinates', async () => {
		const origin = [441_000, 4_426_000, 90] as const;
		const cloud = await read('scan.las', aLas(POINTS, { origin }));
		const far = POINTS.map((p) => ({ ...p, place: p.place.map((v, k) => v + (origin[k] ?? 0)) }));
		expect(worst(cloud, far as unknown as TestPoint[])).toBeLessThan(0.00006);
		expect(Math.abs(cloud.origin[1] - 4_426_000)).toBeLessThan(3);
	});

	it('understands colours that were written as bytes', async () => {
		const cloud = await read('scan.las', aLas(POINTS, { hasByteColours: true }));
		expect([...(cloud.colours?.subarray(21, 24) ?? [])]).toEqual(POINTS[7]?.colour);
	});

	it('refuses what cannot be', async () => {
		const las = aLas(POINTS);
		expect(await refusalOf('a.las', las.subarray(0, 40_000))).toBe('file-truncated');
		expect(await refusalOf('a.las', las.subarray(0, 100))).toBe('file-truncated');
		const many = aLas(POINTS, { change: (head) => head.writeUInt32LE(4e9, 107) });
		expect(await refusalOf('a.las', many)).toBe('count-impossible');
		const odd = aLas(POINTS, { change: (head) => head.writeUInt8(99, 104) });
		expect(await refusalOf('a.las', odd)).toBe('structure-invalid');
		const flat = aLas(POINTS, { change: (head) => head.writeDoubleLE(Number.NaN, 131) });
		expect(await refusalOf('a.las', flat)).toBe('structure-invalid');
		expect(await refusalOf('a.las', aLas([]))).toBe('points-empty');
	});
});

describe('LAZ', () => {
	it('unpacks chunk after chunk what another program packed', async () => {
		const cloud = await read('scan.laz', aLaz());
		const points = Array.from({ length: 60 }, (_, i) => ({
			place: [441_000 + i / 4, 4_426_000 + (i % 7) / 2, 90 + (i % 5) / 8] as const,
			colour: [0, 0, 0] as const,
			intensity: i * 10,
		}));
		expect(worst(cloud, points)).toBeLessThan(1e-9);
		expect([...(cloud.intensity ?? [])]).toEqual(points.map(({ intensity }) => intensity));
		expect([...(cloud.colours?.subarray(-3) ?? [])]).toEqual([230, 115, 25]);
	});

	it.each([
		[1, 2, 'before 2012'],
		[0, 2, 'not LAZ'],
		[2, 5, 'waveforms'],
	])('says what to do with compressor %i, point format %i', async (compressor, format, words) => {
		const laz = aLaz();
		laz.writeUInt16LE(compressor, 227 + 54);
		if (format === 5) {
			laz.writeUInt8(0x80 | format, 104);
			laz.writeUInt16LE(63, 105);
		}
		await expect(read('a.laz', laz)).rejects.toThrow(words);
	});

	it('refuses a table of chunks that lies', async () => {
		const laz = aLaz();
		expect(await refusalOf('a.laz', laz.subarray(0, 900))).toBe('structure-invalid');
		const many = aLaz();
		many.writeUInt32LE(50_000_000, 107);
		expect(await refusalOf('a.laz', many)).toBe('count-impossible');
		const tableAt = Number(laz.readBigInt64LE(laz.readUInt32LE(96)));
		const chunks = aLaz();
		chunks.writeUInt32LE(0xffffff, tableAt + 4);
		expect(await refusalOf('a.laz', chunks)).toBe('count-impossible');
	});
});

describe('E57', () => {
	it.each(['float', 'double', 'scaled', 'spherical'] as const)(
		'reads %s places',
		async (coding) => {
			const cloud = await read('scan.e57', anE57([{ points: POINTS, coding }]));
			expect(worst(cloud, POINTS)).toBeLessThan(coding === 'scaled' ? 0.00026 : 1e-6);
			expect([...(cloud.colours?.subarray(21, 24) ?? [])]).toEqual(POINTS[7]?.colour);
			expect(cloud.intensity?.[7]).toBeCloseTo((POINTS[7]?.intensity ?? 0) / 4095, 5);
		},
	);

	it('joins stations where their poses put them', async () => {
		const half = Math.SQRT1_2;
		const pose = { rotation: [half, 0, 0, half], translation: [10, 20, 30] } as const;
		const bytes = anE57([{ points: POINTS, pose }, { points: POINTS }], { pictures: 2 });
		const cloud = await read('scan.e57', bytes);
		const turned = POINTS.map((p) => {
			const [x, y, z] = p.place;
			return { ...p, place: [10 - y, 20 + x, 30 + z] as const };
		});
		expect(worst(cloud, [...turned, ...POINTS])).toBeLessThan(2e-6);
		expect(cloud.findings).toEqual([
			{ code: 'scans-joined', level: 'info', values: { scans: 2 } },
			{ code: 'pictures-left-out', level: 'info', values: { pictures: 2 } },
		]);
	});

	it('leaves out and counts points that were not measured', async () => {
		const cloud = await read('scan.e57', anE57([{ points: POINTS, invalid: [3, 4] }]));
		expect(cloud.positions).toHaveLength((POINTS.length - 2) * 3);
		const values = { points: 2 };
		expect(cloud.findings).toEqual([{ code: 'invalid-points-dropped', level: 'fixed', values }]);
	});

	it('paints points grey that the camera did not see', async () => {
		const cloud = await read('scan.e57', anE57([{ points: POINTS, unpainted: [7] }]));
		expect([...(cloud.colours?.subarray(21, 27) ?? [])]).toEqual([
			...[128, 128, 128],
			...(POINTS[8]?.colour ?? []),
		]);
	});

	it('reads limits that are scaled whole numbers, and passes over text and scans without points', async () => {
		const limits =
			'<intensityLimits type="Structure"><intensityMinimum type="ScaledInteger" scale="2" offset="5">-2</intensityMinimum><intensityMaximum type="ScaledInteger" scale="1000">8</intensityMaximum></intensityLimits>';
		const empty =
			'<vectorChild type="Structure"><points type="CompressedVector" fileOffset="0" recordCount="0"><prototype type="Structure"><cartesianX type="Float"/><note type="String"/></prototype></points></vectorChild>';
		const change = (xml: string) =>
			xml.replace('<points', `${limits}<points`).replace('</data3D>', `${empty}</data3D>`);
		const cloud = await read('scan.e57', anE57([{ points: POINTS }], { change }));
		expect(cloud.intensity?.[7]).toBeCloseTo(((POINTS[7]?.intensity ?? 0) - 1) / 7999, 5);
		expect(cloud.positions).toHaveLength(POINTS.length * 3);
	});

	it('reads points and description far beyond two and four gigabytes', async () => {
		for (const gigabytes of [2, 4]) {
			const missingPages = (gigabytes * 2 ** 30) / 1024 + 1;
			const bytes = anE57([{ points: POINTS }, { points: POINTS }], { missingPages });
			const path = join(folder.path, `${gigabytes}.e57`);
			await using file = await open(path, 'w');
			await file.write(bytes, 0, 1024, 0);
			await file.write(bytes, 1024, undefined, (missingPages + 1) * 1024);
			const { size: sizeBytes } = await file.stat();
			expect(sizeBytes).toBeGreaterThan(gigabytes * 2 ** 30);
			const cloud = await readPoints({ ...sourceOf('a.e57', bytes), path, sizeBytes }, 'e57');
			expect(worst(cloud, [...POINTS, ...POINTS])).toBeLessThan(1e-6);
		}
	});

	it('refuses a wrong checksum, lies about places and counts, and XML that would expand', async () => {
		const good = anE57([{ points: POINTS }]);
		const damaged = Buffer.from(good);
		damaged[5000] = (damaged[5000] ?? 0) ^ 1;
		expect(await refusalOf('a.e57', damaged)).toBe('structure-invalid');
		expect(await refusalOf('a.e57', good.subarray(0, 30_720))).toBe('file-truncated');
		const changed = (from: RegExp, to: string) =>
			anE57([{ points: POINTS }], { change: (xml) => xml.replace(from, to) });
		const many = changed(/recordCount="\d+"/, 'recordCount="90000000"');
		expect(await refusalOf('a.e57', many)).toBe('count-impossible');
		const outside = changed(/fileOffset="\d+"/, 'fileOffset="99999999"');
		expect(await refusalOf('a.e57', outside)).toBe('structure-invalid');
		const bomb = changed(/<e57Root/, '<!DOCTYPE x [<!ENTITY a "aaaa">]><e57Root');
		expect(await refusalOf('a.e57', bomb)).toBe('structure-invalid');
		const open = changed(/<\/e57Root>/, '');
		expect(await refusalOf('a.e57', open)).toBe('structure-invalid');
	});
});

describe('PLY points', () => {
	const header = (format: string, properties: string[]) =>
		`ply\nformat ${format} 1.0\nelement vertex 2\n${properties.map((p) => `property ${p}\n`).join('')}end_header\n`;
	const names = ['double x', 'double y', 'double z', 'uchar red', 'uchar green', 'uchar blue'];

	it('reads text with intensity and normals', async () => {
		const all = [...names, 'float nx', 'float ny', 'float nz', 'float scalar_Intensity'];
		const text = `${header('ascii', all)}500000.25 1 2 255 0 9 0 0 2 0.5\n500001 4 5 1 2 3 1 0 0 0.25`;
		const cloud = await read('scan.ply', Buffer.from(text));
		expect(cloud.origin).toEqual([500_000, 1, 2]);
		expect([...cloud.positions]).toEqual([0.25, 0, 0, 1, 3, 3]);
		expect([...(cloud.colours ?? [])]).toEqual([255, 0, 9, 1, 2, 3]);
		expect([...(cloud.normals ?? [])]).toEqual([0, 0, 127, 127, 0, 0]);
		expect([...(cloud.intensity ?? [])]).toEqual([0.5, 0.25]);
	});

	it('reads binary with its high byte first, and drops a point that is nowhere', async () => {
		const body = Buffer.alloc(2 * 27);
		for (const [i, x] of [Number.NaN, 3].entries()) {
			body.writeDoubleBE(x, i * 27);
			body.writeDoubleBE(-1, i * 27 + 8);
			body[i * 27 + 24] = 200;
		}
		const bytes = Buffer.concat([Buffer.from(header('binary_big_endian', names)), body]);
		const cloud = await read('scan.ply', bytes);
		expect([...cloud.positions]).toEqual([3, -1, 0]);
		expect([...(cloud.colours ?? [])]).toEqual([200, 0, 0]);
		expect(cloud.findings[0]?.values).toEqual({ points: 1 });
	});

	it.each([
		['uchar', 'red', [255, 128, 0]],
		['ushort', 'diffuse_red', [65_535, 32_896, 0]],
		['float', 'Red', [1, 0.502, 0]],
		['double', 'r', [255, 128, 0]],
	] as const)('reads colours as %s, called %s', async (type, name, values) => {
		const colours = ['red', 'green', 'blue'].map(
			(colour) => `${type} ${name === 'r' ? colour[0] : name.replace(/red/i, colour)}`,
		);
		const text = header('ascii', ['float x', 'float y', 'float z', ...colours]);
		const cloud = await read('a.ply', Buffer.from(`${text}0 0 0 ${values.join(' ')}\n1 1 1 0 0 0`));
		expect([...(cloud.colours ?? [])]).toEqual([255, 128, 0, 0, 0, 0]);
	});

	it('keeps tenths of a millimetre of doubles that lie a thousand kilometres away', async () => {
		const body = Buffer.alloc(2 * 24);
		const far = [3_456_789.0123, -1_234_567.8901, 812.3456] as const;
		for (const [k, value] of far.entries()) {
			body.writeDoubleLE(value, k * 8);
			body.writeDoubleLE(value + 0.0001 * (k + 1), 24 + k * 8);
		}
		const text = header('binary_little_endian', ['double x', 'double y', 'double z']);
		const { positions } = await read('a.ply', Buffer.concat([Buffer.from(text), body]));
		for (let k = 0; k < 3; k += 1) {
			const step = (positions[3 + k] ?? 0) - (positions[k] ?? 0);
			expect(step).toBeCloseTo(0.0001 * (k + 1), 6);
		}
	});

	it('refuses a count that the file cannot hold', async () => {
		const text = header('ascii', names).replace('vertex 2', 'vertex 1000000000');
		expect(await refusalOf('a.ply', Buffer.from(`${text}1 2 3 4 5 6`))).toBe('count-impossible');
		const short = Buffer.from(`${header('ascii', names)}1 2 3 4 5 6\n1 2 3 4`);
		expect(await refusalOf('a.ply', short)).toBe('file-truncated');
	});
});
