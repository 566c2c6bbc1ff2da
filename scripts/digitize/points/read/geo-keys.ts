import type { CoordinateSystem, NamedUnit } from '../coordinate-system.ts';

/** Keys of a GeoTIFF directory. */
const MODEL = 1024;
const GEOGRAPHIC_CODE = 2048;
const PROJECTED_CODE = 3072;
const GROUND_UNIT = 3076;
const GROUND_UNIT_SIZE = 3077;
const VERTICAL_CODE = 4096;
const HEIGHT_UNIT = 4099;
/** Where values that are no short whole numbers lie. */
const DOUBLES = 34_736;
const USER_DEFINED = 32_767;
const KINDS: Readonly<Record<number, CoordinateSystem['kind']>> = {
	1: 'projected',
	2: 'geographic',
	3: 'geocentric',
};

const FOOT = { name: 'foot', metres: 0.3048 };
const SURVEY_FOOT = { name: 'US survey foot', metres: 1200 / 3937 };
/** By their EPSG codes. */
const UNITS: Readonly<Record<number, NamedUnit>> = {
	9001: { name: 'metre', metres: 1 },
	9002: FOOT,
	9003: SURVEY_FOOT,
	9005: { name: "Clarke's foot", metres: 0.3047972654 },
	9036: { name: 'kilometre', metres: 1000 },
	9093: { name: 'mile', metres: 1609.344 },
	9096: { name: 'yard', metres: 0.9144 },
	1025: { name: 'millimetre', metres: 0.001 },
	1033: { name: 'centimetre', metres: 0.01 },
};
/** State planes of NAD83 that are numbered with their foot; the two feet differ by two in a million. */
const STATE_PLANES_IN_FEET = { first: 2222, last: 2289 };
/** Heights that are numbered with their foot. */
const HEIGHTS: Readonly<Record<number, NamedUnit>> = {
	5702: SURVEY_FOOT,
	6360: SURVEY_FOOT,
	8228: FOOT,
};

/**
 * Reads how a coordinate system given as GeoTIFF keys measures (the records 34735 and 34736 of a LAS).
 * A code that means feet only by the EPSG registry is known for the state planes of the USA alone.
 * Source: OGC 19-008r4 (GeoTIFF 1.1) §7.
 */
export function geoKeysSystem(
	directory: Buffer,
	doubles: Buffer | undefined,
): CoordinateSystem | undefined {
	const keys = readKeys(directory);
	if (keys.length === 0) return undefined;
	const short = (wanted: number) => {
		const value = keys.find(({ key, where }) => key === wanted && where === 0)?.value;
		return value === 0 ? undefined : value;
	};
	const code = (wanted: number) => (short(wanted) === USER_DEFINED ? undefined : short(wanted));
	const [projected, geographic] = [code(PROJECTED_CODE), code(GEOGRAPHIC_CODE)];
	const number = projected ?? geographic;
	const guess = projected === undefined && geographic !== undefined ? 'geographic' : 'projected';
	const sizeAt = keys.find(({ key, where }) => key === GROUND_UNIT_SIZE && where === DOUBLES);
	const size = sizeAt === undefined ? undefined : doubleAt(doubles, sizeAt.value);
	return {
		name: number === undefined ? 'GeoTIFF' : `EPSG:${number}`,
		kind: KINDS[short(MODEL) ?? 0] ?? guess,
		ground: unitOf(short(GROUND_UNIT), size) ?? planeUnit(projected),
		height: unitOf(short(HEIGHT_UNIT), undefined) ?? HEIGHTS[code(VERTICAL_CODE) ?? 0],
	};
}

/** A directory's entries: a key, where its value lies (0: here), and the value or its index there. */
function readKeys(directory: Buffer): { key: number; where: number; value: number }[] {
	const keys: { key: number; where: number; value: number }[] = [];
	for (let at = 8; at + 8 <= directory.length; at += 8) {
		keys.push({
			key: directory.readUInt16LE(at),
			where: directory.readUInt16LE(at + 2),
			value: directory.readUInt16LE(at + 6),
		});
	}
	return keys;
}

function doubleAt(doubles: Buffer | undefined, index: number): number | undefined {
	if (doubles === undefined || index * 8 + 8 > doubles.length) return undefined;
	return doubles.readDoubleLE(index * 8);
}

function unitOf(code: number | undefined, size: number | undefined): NamedUnit | undefined {
	if (code === undefined) return undefined;
	if (code !== USER_DEFINED) return UNITS[code] ?? { name: `EPSG:${code}`, metres: undefined };
	const isLength = size !== undefined && size > 1e-6 && size < 1e6;
	return { name: `${size} m`, metres: isLength ? size : undefined };
}

function planeUnit(code: number | undefined): NamedUnit | undefined {
	const { first, last } = STATE_PLANES_IN_FEET;
	return code !== undefined && code >= first && code <= last ? SURVEY_FOOT : undefined;
}
