import type { RangeReader } from '../../points/range-reader.ts';
import { openPlyTable } from '../../points/read/ply-table.ts';
import { refuse } from '../../refusal-error.ts';
import { emptySplats, SH_COEFFICIENTS, type ShDegree, type SplatCloud } from '../splat-cloud.ts';
import { readCompressedPly } from './read-compressed-ply.ts';

const PLACE = ['x', 'y', 'z'];
const SHAPE = ['scale_0', 'scale_1', 'scale_2', 'rot_0', 'rot_1', 'rot_2', 'rot_3', 'opacity'];
const COLOUR = ['f_dc_0', 'f_dc_1', 'f_dc_2'];
const FIXED = PLACE.length + SHAPE.length + COLOUR.length;

/**
 * Reads the PLY that 3D Gaussian splatting trains into: logarithmic scales, opacity before the sigmoid,
 * rotations w first, harmonics of degree 0 to 3 channel by channel. -Y is up. A compressed one is told by
 * its properties. Source: Kerbl et al. 2023 and its code's
 * files. Refuses with `splats-empty` a PLY without these properties.
 */
export function readPlySplats(file: RangeReader): SplatCloud {
	const { element, rows } = openPlyTable(file);
	const has = new Set(element.properties.map(({ name }) => name));
	if (has.has('packed_position')) return readCompressedPly(file);
	if (![...PLACE, ...SHAPE, ...COLOUR].every((name) => has.has(name))) {
		return refuse(
			'splats-empty',
			`${file.name} lacks what makes splats (scale, rot, opacity, f_dc) — export the trained splats again`,
		);
	}
	const degree = ([3, 2, 1] as const).find((d) => has.has(`f_rest_${SH_COEFFICIENTS[d] * 3 - 1}`));
	const shDegree: ShDegree = degree ?? 0;
	const coefficients = SH_COEFFICIENTS[shDegree];
	const cloud = emptySplats(element.count, shDegree, file.name);
	const rest = Array.from({ length: coefficients * 3 }, (_, i) => `f_rest_${i}`);
	rows([...PLACE, ...SHAPE, ...COLOUR, ...rest], (row, i) => take(cloud, i, row, coefficients));
	return cloud;
}

function take(cloud: SplatCloud, i: number, row: Float64Array, coefficients: number): void {
	for (let k = 0; k < 3; k += 1) {
		cloud.positions[i * 3 + k] = row[k] ?? 0;
		cloud.scales[i * 3 + k] = row[3 + k] ?? 0;
		cloud.rotations[i * 4 + k] = row[7 + k] ?? 0;
		cloud.colours[i * 3 + k] = row[11 + k] ?? 0;
	}
	cloud.rotations[i * 4 + 3] = row[6] ?? 0;
	cloud.opacities[i] = 1 / (1 + Math.exp(-(row[10] ?? 0)));
	const at = i * coefficients * 3;
	for (let j = 0; j < coefficients; j += 1) {
		for (let c = 0; c < 3; c += 1) {
			cloud.sh[at + j * 3 + c] = row[FIXED + c * coefficients + j] ?? 0;
		}
	}
}
