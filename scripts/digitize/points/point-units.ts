import type { LengthUnit } from '#schema/asset/asset-manifest';
import type { Finding, MeshReport } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import { detectUnit } from '../mesh/detect-unit.ts';
import { METRES } from '../mesh/orient.ts';
import { refuse } from '../refusal-error.ts';
import type { CoordinateSystem, NamedUnit } from './coordinate-system.ts';
import type { PointCloud } from './point-cloud.ts';

/** How a cloud's numbers become metres. */
export interface PointUnits {
	unit: MeshReport['unit'];
	/** Metres in a unit along the ground, and upwards. */
	groundM: number;
	heightM: number;
	findings: Finding[];
}

const ONE_METRE: NamedUnit = { name: 'metre', metres: 1 };

/**
 * The units of a cloud: what the curator says, else what its coordinate system says (feet become
 * metres, and a finding says so), else what the format fixes or the size suggests.
 * Refuses with `structure-invalid` a cloud in degrees, which has no size.
 */
export function pointUnits(
	cloud: Pick<PointCloud, 'crs' | 'isMetric' | 'unitHint' | 'origin'>,
	box: Bounds,
	given: LengthUnit | undefined,
	name: string,
): PointUnits {
	const { crs } = cloud;
	const extent = Math.max(...box.max.map((v, k) => v - (box.min[k] ?? 0)));
	const unit = detectUnit(extent, cloud.isMetric, cloud.unitHint, given);
	const plainM = METRES[unit.value];
	if (given !== undefined || crs === undefined) {
		return { unit, groundM: plainM, heightM: plainM, findings: [] };
	}
	if (crs.kind === 'geographic' && isDegrees(box, cloud.origin)) {
		refuse(
			'structure-invalid',
			`${name} keeps its points in degrees (${crs.name}) — convert it to metres, for example to UTM, or give the unit if its numbers are lengths`,
		);
	}
	const ground = crs.ground ?? ONE_METRE;
	const height = crs.height ?? ground;
	const findings = unitFindings(crs, ground, height);
	return { unit, groundM: ground.metres ?? 1, heightM: height.metres ?? 1, findings };
}

/** Whether numbers can be longitude and latitude; careless programs call lengths so, too. */
function isDegrees({ min, max }: Bounds, [x, y]: readonly [number, number, number]): boolean {
	const isLongitude = min[0] + x >= -360 && max[0] + x <= 360;
	return isLongitude && min[1] + y >= -90 && max[1] + y <= 90;
}

function unitFindings(crs: CoordinateSystem, ground: NamedUnit, height: NamedUnit): Finding[] {
	const found: Finding[] = [];
	if (crs.kind === 'geocentric') {
		found.push({ code: 'coordinates-geocentric', level: 'warning', values: {} });
	}
	for (const { name, metres } of new Set([ground, height])) {
		if (metres !== undefined) continue;
		found.push({ code: 'length-unit-unknown', level: 'warning', values: { unit: name } });
	}
	const isOther = (unit: NamedUnit) => Math.abs((unit.metres ?? 1) - 1) > 1e-9;
	if (isOther(ground)) {
		const values = { unit: ground.name, metres: ground.metres ?? 1 };
		found.push({ code: 'length-unit-converted', level: 'info', values });
	}
	if (height.metres !== ground.metres) {
		const values = { unit: height.name, metres: height.metres ?? 1 };
		found.push({ code: 'height-unit-converted', level: 'info', values });
	}
	return found;
}
