import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LengthUnit } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import { placePoints } from '../../../../scripts/digitize/points/place-points.ts';
import type { PointCloud } from '../../../../scripts/digitize/points/point-cloud.ts';
import { readPoints } from '../../../../scripts/digitize/points/read/read-points.ts';
import { aGeoKeys, aLas, type LasOptions, somePoints } from '../../../support/point-files.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

const POINTS = somePoints(2000);
const WKT = 2112;
const KEYS = 34_735;
const DOUBLES = 34_736;
const FOOT = 0.3048;
const SURVEY_FOOT = 1200 / 3937;
const GEOGCS =
	'GEOGCS["NAD83",DATUM["D",SPHEROID["GRS 1980",6378137,298.257]],UNIT["degree",0.0174532925]]';
let folder: TemporaryFolder;
let files = 0;

beforeAll(async () => {
	folder = await temporaryFolder('point-units');
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Of the points along an axis of the file. */
function extentOf(axis: number): number {
	const values = POINTS.map(({ place }) => place[axis] ?? 0);
	return Math.max(...values) - Math.min(...values);
}

/** How much wider and higher a ball of radius one becomes, and what is said of its units. */
async function placed(options: LasOptions, unit?: LengthUnit) {
	files += 1;
	const path = join(folder.path, `${files}.las`);
	const bytes = aLas(POINTS, options);
	await writeFile(path, bytes);
	const source = { ...sourceOf('scan.las', bytes.subarray(0, 100)), path, sizeBytes: bytes.length };
	const { bounds, findings } = placePoints(
		await readPoints(source, 'las'),
		{ unit, up: undefined },
		'scan.las',
	);
	const grown = bounds.max.map((v, k) => (v - (bounds.min[k] ?? 0)) / extentOf([0, 2, 1][k] ?? 0));
	const told = findings.filter(({ code }) => /unit|geocentric/.test(code));
	return { across: grown[0] ?? 0, up: grown[1] ?? 0, told };
}

const wkt = (text: string): LasOptions => ({ records: { [WKT]: Buffer.from(`${text}\0`) } });
const keys = (...of: Parameters<typeof aGeoKeys>[0]): LasOptions => ({
	records: { [KEYS]: aGeoKeys(of) },
});
const codes = (told: Finding[]) => told.map(({ code }) => code);

describe('the upward axis of a cloud', () => {
	it.each([
		['Y', [0, 3, 0]],
		['-Y', [0, -3, 0]],
		['Z', [0, 0, 3]],
	] as const)('may be given as %s', (up, top) => {
		const positions = Float32Array.from([...[0, 0, 0], ...[1, 0, 0], ...[-1, 0.5, 0.5], ...top]);
		const cloud: PointCloud = {
			positions,
			colours: new Uint8Array(12),
			normals: undefined,
			intensity: undefined,
			origin: [10, 20, 30],
			isMetric: false,
			unitHint: undefined,
			crs: undefined,
			findings: [],
		};
		const placed = placePoints(cloud, { unit: 'm', up }, 'test');
		expect(placed.bounds.min[1]).toBe(0);
		expect(placed.positions[10]).toBe(placed.bounds.max[1]);
		const { x, y, z } = placed.findings.find(({ code }) => code === 'recentred')?.values ?? {};
		// The middle of the floor, in the file's own frame.
		const floor = { Y: [10, 20, 30.25], '-Y': [10, 20.5, 30.25], Z: [10, 20.25, 30] };
		expect([x, y, z]).toEqual(floor[up]);
	});
});

describe('the units of a LAS', () => {
	it.each([
		['feet by a key', keys([1024, 1], [3072, 2256], [3076, 9002]), FOOT, 'foot'],
		['survey feet by a key', keys([1024, 1], [3076, 9003]), SURVEY_FOOT, 'US survey foot'],
		['survey feet by a state plane', keys([3072, 2263]), SURVEY_FOOT, 'US survey foot'],
		['millimetres', keys([3076, 1025]), 0.001, 'millimetre'],
		[
			'feet in WKT 1',
			wkt(
				`PROJCS["CA 3 (ft)",${GEOGCS},PARAMETER["false_easting",2],UNIT["foot (US)",${SURVEY_FOOT}]]`,
			),
			SURVEY_FOOT,
			'foot (US)',
		],
		[
			'feet on the axes of WKT 2',
			wkt(
				`PROJCRS["x",BASEGEOGCRS["NAD83",UNIT["degree",0.017]],CONVERSION["c",PARAMETER["e",1,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["(X)",east,ORDER[1],LENGTHUNIT["foot",0.3048]],AXIS["(Y)",north,ORDER[2],LENGTHUNIT["foot",0.3048]]]`,
			),
			FOOT,
			'foot',
		],
	] as const)('become metres: %s', async (_, options, metres, unit) => {
		const { across, up, told } = await placed(options);
		expect(across / metres).toBeCloseTo(1, 3);
		expect(up / metres).toBeCloseTo(1, 3);
		const values = { unit, metres };
		expect(told).toEqual([{ code: 'length-unit-converted', level: 'info', values }]);
	});

	it('may be a number of the file’s own', async () => {
		const doubles = Buffer.alloc(16);
		doubles.writeDoubleLE(0.5, 8);
		const directory = aGeoKeys([
			[1024, 1],
			[3076, 32_767],
			[3077, 1, DOUBLES],
		]);
		const { up } = await placed({ records: { [KEYS]: directory, [DOUBLES]: doubles } });
		expect(up).toBeCloseTo(0.5, 3);
		const lacking = await placed({ records: { [KEYS]: directory } });
		expect(lacking.up).toBeCloseTo(1, 3);
		expect(codes(lacking.told)).toEqual(['length-unit-unknown']);
	});

	it('may differ for heights, by a key and in a compound system', async () => {
		const byKey = await placed(keys([3076, 9001], [4099, 9003]));
		expect(byKey.across).toBeCloseTo(1, 3);
		expect(byKey.up).toBeCloseTo(SURVEY_FOOT, 4);
		expect(codes(byKey.told)).toEqual(['height-unit-converted']);
		const compound = await placed(
			wkt(
				`COMPD_CS["UTM + feet",PROJCS["UTM",${GEOGCS},UNIT["metre",1]],VERT_CS["NAVD88",VERT_DATUM["d",2005],UNIT["foot (US)",${SURVEY_FOOT}],AXIS["Up",UP]]]`,
			),
		);
		expect(compound.up).toBeCloseTo(SURVEY_FOOT, 4);
		expect(compound.told).toEqual([
			{
				code: 'height-unit-converted',
				level: 'info',
				values: { unit: 'foot (US)', metres: SURVEY_FOOT },
			},
		]);
	});

	it('are metres, and nothing is said, where the file says so or nothing', async () => {
		for (const options of [{}, keys([1024, 1], [3072, 32_650], [3076, 9001]), wkt('broken[')]) {
			const { up, told } = await placed(options);
			expect(up).toBeCloseTo(1, 3);
			expect(told).toEqual([]);
		}
	});

	it('are what the curator says before all else', async () => {
		const { up, told } = await placed(keys([3076, 9002]), 'cm');
		expect(up).toBeCloseTo(0.01, 4);
		expect(told).toEqual([]);
	});

	it('are refused in degrees, unless the numbers or the curator say otherwise', async () => {
		for (const options of [wkt(GEOGCS), keys([1024, 2], [2048, 4326]), keys([2048, 4326])]) {
			await expect(placed(options)).rejects.toMatchObject({
				code: 'structure-invalid',
				message: expect.stringContaining('in degrees'),
			});
			const origin = [441_000, 4_426_000, 0] as const;
			expect((await placed({ ...options, origin })).up).toBeCloseTo(1, 3);
			expect((await placed(options, 'mm')).up).toBeCloseTo(0.001, 4);
		}
	});

	it('warns of coordinates from the middle of the earth', async () => {
		const { told } = await placed(wkt('GEOCCS["ECEF",DATUM["d"],UNIT["metre",1]]'));
		expect(codes(told)).toEqual(['coordinates-geocentric']);
	});

	it('are found in a record behind the points, and both far beyond two gigabytes', async () => {
		const las = aLas(POINTS, { pointFormat: 7 });
		const far = 2 ** 31 + 4096;
		const [head, body] = [Buffer.from(las.subarray(0, 375)), las.subarray(375)];
		head.writeUInt32LE(far, 96);
		head.writeBigUInt64LE(BigInt(far + body.length), 235);
		head.writeUInt32LE(1, 243);
		const text = Buffer.from(`PROJCS["ft",${GEOGCS},UNIT["foot",0.3048]]`);
		const record = Buffer.alloc(60);
		record.write('LASF_Projection', 2, 'latin1');
		record.writeUInt16LE(WKT, 18);
		record.writeBigUInt64LE(BigInt(text.length), 20);
		const path = join(folder.path, 'far.las');
		await using file = await open(path, 'w');
		await file.write(head, 0, head.length, 0);
		await file.write(Buffer.concat([body, record, text]), 0, undefined, far);
		const { size } = await file.stat();
		const source = { ...sourceOf('far.las', head), path, sizeBytes: size };
		const cloud = await readPoints(source, 'las');
		expect(cloud.positions).toHaveLength(POINTS.length * 3);
		expect(cloud.positions[0]).toBeCloseTo(POINTS[0]?.place[0] ?? 1, 3);
		expect(cloud.crs?.ground).toEqual({ name: 'foot', metres: FOOT });
	});
});
