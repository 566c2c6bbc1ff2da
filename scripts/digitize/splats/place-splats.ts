import type { UpAxis } from '#schema/asset/asset-manifest';
import type { Finding } from '#schema/asset/digitize-report';
import type { Bounds } from '#schema/value/geometry';
import { detectUnit } from '../mesh/detect-unit.ts';
import { guardSize } from '../mesh/guard-size.ts';
import { METRES } from '../mesh/orient.ts';
import type { DigitizeOptions } from '../options.ts';
import { frameFindings } from '../report/findings-of.ts';
import { type Matrix3, rotateHarmonics } from './rotate-harmonics.ts';
import type { SplatCloud } from './splat-cloud.ts';

const EMPTY = { code: 'splats-empty', elements: 'splats' } as const;

/** Splats in the frame of an exhibit: metres, +Y up, their core resting on y = 0 over the origin. */
export interface PlacedSplats {
	cloud: SplatCloud;
	/** The box of the core; stray splats lie beyond. */
	bounds: Bounds;
	unit: ReturnType<typeof detectUnit>;
	up: { value: UpAxis; how: 'format' | 'detected' | 'given'; confidence: number };
	findings: Finding[];
}

/** Fainter splats decide no size. */
const VISIBLE = 0.1;
/** The share of the visible splats on each side that lie beyond the core. */
const STRAY = 0.005;

const STAYS = { matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1], quaternion: [0, 0, 0, 1] } as const;
/** Half a turn about X: what training programs call down becomes up. */
const FROM_Y_DOWN = { matrix: [1, 0, 0, 0, -1, 0, 0, 0, -1], quaternion: [1, 0, 0, 0] } as const;
/** A quarter turn about X: (x, y, z) becomes (x, z, -y). */
const FROM_Z_UP = {
	matrix: [1, 0, 0, 0, 0, 1, 0, -1, 0],
	quaternion: [-Math.SQRT1_2, 0, 0, Math.SQRT1_2],
} as const;

const TURNS = { Y: STAYS, Z: FROM_Z_UP, '-Y': FROM_Y_DOWN } as const;
/** How often files keep to the convention of their format: training knows no down. */
const CONVENTION = 0.6;

/**
 * Brings splats into the frame of an exhibit; the cloud's own arrays are changed. Which way is up: what
 * the curator says, else +Y where the format says so (SPZ is right, up, back; some writers do not heed
 * it), else -Y, as training leaves it (right, down, forward: PLY, SPLAT, SOG).
 * Refuses a cloud without extent (`splats-empty`) or of impossible size (`structure-invalid`).
 */
export function placeSplats(
	cloud: SplatCloud,
	options: Pick<DigitizeOptions, 'unit' | 'up'>,
	name: string,
): PlacedSplats {
	const findings: Finding[] = [...cloud.findings];
	const up = upOf(cloud, options.up);
	const turn = TURNS[up.value];
	if (up.how !== 'given' && up.value === '-Y') {
		findings.push({ code: 'splats-turned-upright', level: 'info', values: {} });
	}
	if (turn !== STAYS) turnSplats(cloud, turn.matrix, turn.quaternion);
	const core = coreBounds(cloud);
	const extent = Math.max(...core.max.map((v, k) => v - (core.min[k] ?? 0)));
	const unit = detectUnit(extent, false, undefined, options.unit);
	const scale = METRES[unit.value];
	findings.push(...frameFindings(unit, up), ...guardSize(extent * scale, name, EMPTY));
	const middle = [(core.min[0] + core.max[0]) / 2, core.min[1], (core.min[2] + core.max[2]) / 2];
	moveSplats(cloud, middle, scale);
	const [x = 0, y = 0, z = 0] = middle;
	// The transpose of a turn turns back, into the file's frame.
	const back = (k: number) =>
		(turn.matrix[k] ?? 0) * x + (turn.matrix[k + 3] ?? 0) * y + (turn.matrix[k + 6] ?? 0) * z;
	const values = { x: back(0), y: back(1), z: back(2) };
	findings.push({ code: 'recentred', level: 'info', values });
	return { cloud, bounds: coreBounds(cloud), unit, up, findings };
}

function upOf(cloud: SplatCloud, given: UpAxis | undefined): PlacedSplats['up'] {
	if (given !== undefined) return { value: given, how: 'given', confidence: 1 };
	return { value: cloud.isYUp ? 'Y' : '-Y', how: 'detected', confidence: CONVENTION };
}

function turnSplats(cloud: SplatCloud, m: Matrix3, q: readonly number[]): void {
	const { positions, rotations } = cloud;
	const [qx = 0, qy = 0, qz = 0, qw = 1] = q;
	for (let i = 0; i < cloud.count; i += 1) {
		const [x = 0, y = 0, z = 0] = positions.subarray(i * 3, i * 3 + 3);
		for (let k = 0; k < 3; k += 1) {
			positions[i * 3 + k] =
				(m[k * 3] ?? 0) * x + (m[k * 3 + 1] ?? 0) * y + (m[k * 3 + 2] ?? 0) * z;
		}
		const [a = 0, b = 0, c = 0, w = 1] = rotations.subarray(i * 4, i * 4 + 4);
		rotations[i * 4] = qw * a + qx * w + qy * c - qz * b;
		rotations[i * 4 + 1] = qw * b - qx * c + qy * w + qz * a;
		rotations[i * 4 + 2] = qw * c + qx * b - qy * a + qz * w;
		rotations[i * 4 + 3] = qw * w - qx * a - qy * b - qz * c;
	}
	rotateHarmonics(cloud, m);
}

function moveSplats({ positions, scales }: SplatCloud, middle: number[], scale: number): void {
	const grown = Math.log(scale);
	for (let i = 0; i < positions.length; i += 1) {
		positions[i] = ((positions[i] ?? 0) - (middle[i % 3] ?? 0)) * scale;
		scales[i] = (scales[i] ?? 0) + grown;
	}
}

/** The box of the visible splats' middles but for the outermost on every side. */
export function coreBounds({ positions, opacities, count }: SplatCloud): Bounds {
	const visible: number[] = [];
	for (let i = 0; i < count; i += 1) if ((opacities[i] ?? 0) >= VISIBLE) visible.push(i);
	const numbers = visible.length > 0 ? visible : Array.from({ length: count }, (_, i) => i);
	const bounds: Bounds = { min: [0, 0, 0], max: [0, 0, 0] };
	for (let k = 0; k < 3; k += 1) {
		const values = Float32Array.from(numbers, (i) => positions[i * 3 + k] ?? 0).sort();
		const cut = Math.floor(values.length * STRAY);
		bounds.min[k] = values[cut] ?? 0;
		bounds.max[k] = values[values.length - 1 - cut] ?? 0;
	}
	return bounds;
}
