import { impossibleCount } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { type CoordinateSystem, cleanName } from '../coordinate-system.ts';
import type { PointCloud } from '../point-cloud.ts';
import { PointCollector } from '../point-collector.ts';
import type { RangeReader } from '../range-reader.ts';
import type { E57Field } from './e57-field.ts';
import { readE57Packets } from './e57-packets.ts';
import { E57Pages } from './e57-pages.ts';
import { type E57Scan, e57Scans } from './e57-scan.ts';
import { child, parseXml } from './parse-xml.ts';
import { wktSystem } from './wkt.ts';

/**
 * Reads all scans of an E57 into one cloud: cartesian or spherical coordinates, each station turned
 * and moved by its pose, with colours and intensity. Pictures inside stay in the original. Files of any
 * size are read by ranges; every page's checksum is checked. Source: ASTM E2807-11.
 */
export function readE57(file: RangeReader): PointCloud {
	const pages = new E57Pages(file);
	const root = parseXml(pages.xml());
	if (root?.name !== 'e57Root') {
		return refuse('structure-invalid', `${file.name} has no E57 description — export it again`);
	}
	const scans = e57Scans(root, file.name);
	const count = scans.reduce((sum, scan) => sum + scan.count, 0);
	// Even a point of one bit takes its bit.
	if (count > file.sizeBytes * 8) impossibleCount(file.name);
	const has = (name: string) => scans.some(({ fields }) => fields.some((f) => f.name === name));
	const traits = {
		hasColours: has('colorRed') && has('colorGreen') && has('colorBlue'),
		hasNormals: has('nor:normalX') && has('nor:normalY') && has('nor:normalZ'),
		hasIntensity: has('intensity'),
	};
	const points = new PointCollector(count, traits, file.name);
	for (const scan of scans) if (scan.count > 0) readScan(pages, scan, points);
	const cloud = points.finish(file.name);
	const values = { scans: scans.length };
	if (scans.length > 1) cloud.findings.push({ code: 'scans-joined', level: 'info', values });
	const pictures = child(root, 'images2D')?.children.length ?? 0;
	if (pictures > 0) {
		cloud.findings.push({ code: 'pictures-left-out', level: 'info', values: { pictures } });
	}
	const crs = crsOf(child(root, 'coordinateMetadata')?.text.trim() ?? '');
	if (crs !== undefined) {
		const named = { crs: crs.name };
		cloud.findings.push({ code: 'coordinate-system', level: 'info', values: named });
	}
	return { ...cloud, isMetric: true, crs };
}

/** An E57 measures in metres whatever coordinate system it names. */
function crsOf(text: string): CoordinateSystem | undefined {
	if (text === '') return undefined;
	const name = wktSystem(text)?.name ?? cleanName(text);
	return { name, kind: 'projected', ground: undefined, height: undefined };
}

function readScan(pages: E57Pages, scan: E57Scan, points: PointCollector): void {
	const at = (name: string) => scan.fields.findIndex((field) => field.name === name);
	const cartesian = ['cartesianX', 'cartesianY', 'cartesianZ'].map(at);
	const spherical = ['sphericalRange', 'sphericalAzimuth', 'sphericalElevation'].map(at);
	const isCartesian = cartesian.every((i) => i >= 0);
	if (!isCartesian && !spherical.every((i) => i >= 0)) return;
	const [first = 0, second = 0, third = 0] = isCartesian ? cartesian : spherical;
	const place = placer(scan, isCartesian, points);
	const invalid = at(isCartesian ? 'cartesianInvalidState' : 'sphericalInvalidState');
	const describe = describer(scan, points);
	readE57Packets(pages, scan, (fields, count) => {
		const [a, b, c] = [fields[first], fields[second], fields[third]];
		if (a === undefined || b === undefined || c === undefined) return;
		const state = fields[invalid];
		for (let i = 0; i < count; i += 1) {
			// 1: only a direction was measured, 2: nothing was.
			if (state !== undefined && state.values[i] !== 0) {
				points.skip();
				continue;
			}
			describe(fields, i);
			place(a.values[i] ?? 0, b.values[i] ?? 0, c.values[i] ?? 0);
		}
	});
}

/** Brings a point of one station into the file's frame. Angles are radians, elevation from the horizon. */
function placer(
	{ rotation, translation }: E57Scan,
	isCartesian: boolean,
	points: PointCollector,
): (a: number, b: number, c: number) => void {
	const [r0 = 1, r1 = 0, r2 = 0, r3 = 0, r4 = 1, r5 = 0, r6 = 0, r7 = 0, r8 = 1] = rotation;
	const [tx, ty, tz] = translation;
	const move = (x: number, y: number, z: number) =>
		points.add(
			r0 * x + r1 * y + r2 * z + tx,
			r3 * x + r4 * y + r5 * z + ty,
			r6 * x + r7 * y + r8 * z + tz,
		);
	if (isCartesian) return move;
	return (range, azimuth, elevation) => {
		const flat = range * Math.cos(elevation);
		move(flat * Math.cos(azimuth), flat * Math.sin(azimuth), range * Math.sin(elevation));
	};
}

/** The grey of points that a camera did not see, which files keep as black. */
const UNPAINTED = 0x8080;

/** Sets colour, normal and intensity of the next point; a scan without them leaves it white and flat. */
function describer(scan: E57Scan, points: PointCollector): (fields: E57Field[], i: number) => void {
	const at = (name: string) => scan.fields.findIndex((field) => field.name === name);
	const [red, green, blue] = [at('colorRed'), at('colorGreen'), at('colorBlue')];
	const [nx, ny, nz] = [at('nor:normalX'), at('nor:normalY'), at('nor:normalZ')];
	const intensity = at('intensity');
	const [noColour, noIntensity] = [at('isColorInvalid'), at('isIntensityInvalid')];
	const { min, max } = scan.colourLimits ?? scan.fields[red]?.limits ?? { min: 0, max: 1 };
	const scale = 65_535 / (max - min);
	const bright = scan.intensityLimits ?? scan.fields[intensity]?.limits ?? { min: 0, max: 1 };
	const brightScale = 1 / (bright.max - bright.min);
	const colour = (field: E57Field | undefined, i: number) =>
		field === undefined
			? 65_535
			: Math.min(Math.max(((field.values[i] ?? 0) - min) * scale, 0), 65_535);
	const isSet = (field: E57Field | undefined, i: number) => (field?.values[i] ?? 0) !== 0;
	return (fields, i) => {
		const isDark = isSet(fields[noIntensity], i);
		const raw = isDark ? bright.min : (fields[intensity]?.values[i] ?? 0);
		points.intensity = (raw - bright.min) * brightScale;
		const isBare = isSet(fields[noColour], i);
		points.red = isBare ? UNPAINTED : colour(fields[red], i);
		points.green = isBare ? UNPAINTED : colour(fields[green], i);
		points.blue = isBare ? UNPAINTED : colour(fields[blue], i);
		points.nx = fields[nx]?.values[i] ?? 0;
		points.ny = fields[ny]?.values[i] ?? 0;
		points.nz = fields[nz]?.values[i] ?? 0;
	};
}
