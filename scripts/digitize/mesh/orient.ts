import type { LengthUnit, UpAxis } from '#schema/asset/asset-manifest';
import type { Finding, MeshReport } from '#schema/asset/digitize-report';
import type { Health } from '../health/examine.ts';
import { detectUnit } from './detect-unit.ts';
import { detectUp } from './detect-up.ts';
import { guardSize } from './guard-size.ts';
import { boundsOf } from './inspect.ts';
import type { Mesh, Scan } from './mesh.ts';

const EMPTY = { code: 'mesh-empty', elements: 'vertices' } as const;

export interface OrientOptions {
	/** The unit of the file's numbers, when the curator knows it. */
	unit: LengthUnit | undefined;
	/** The file's upward axis, when the curator knows it. */
	up: UpAxis | undefined;
}

export interface Oriented {
	/** Metres, +Y up, right handed, standing on y = 0 with its middle over the origin. */
	mesh: Mesh;
	unit: MeshReport['unit'];
	up: MeshReport['up'];
	findings: Finding[];
}

/** How long each unit is, in metres. */
export const METRES: Readonly<Record<LengthUnit, number>> = { mm: 0.001, cm: 0.01, m: 1 };

/**
 * Turns a healed scan into the frame of an exhibit: metres, +Y up, resting on the floor. An open
 * surface of a format that cannot say so is shown from both sides. The scan's own arrays and
 * materials are reused and changed.
 *
 * Refuses with `mesh-empty` a surface without extent, with `structure-invalid` one of impossible size.
 */
export function orient(scan: Scan, health: Health, options: OrientOptions, name: string): Oriented {
	const isGltf = scan.format === 'glb' || scan.format === 'gltf';
	const extent = Math.max(...health.bounds.max.map((v, k) => v - (health.bounds.min[k] ?? 0)));
	const unit = detectUnit(extent, isGltf, scan.unitHint, options.unit);
	const up = detectUp(scan, health, options.up);
	const { mesh } = scan;
	const findings = guardSize(extent * METRES[unit.value], name, EMPTY);
	const offset = standOnFloor(mesh, METRES[unit.value], up.value, scan.origin);
	findings.push({ code: 'recentred', level: 'info', values: offset });
	if (!isGltf && health.boundaryEdges > 0) {
		for (const material of scan.materials) material.doubleSided = true;
		findings.push({ code: 'shown-from-both-sides', level: 'info', values: {} });
	}
	return { mesh, unit, up, findings };
}

/**
 * Scales, turns and moves positions in place and turns normals; gives where the new origin lies in
 * the file's own frame and unit.
 */
function standOnFloor(
	mesh: Mesh,
	scale: number,
	up: UpAxis,
	origin: readonly [number, number, number],
): { x: number; y: number; z: number } {
	for (const vectors of [mesh.positions, mesh.normals ?? new Float32Array(0)]) {
		if (up === 'Z') zUpToYUp(vectors);
		if (up === '-Y') yDownToYUp(vectors);
	}
	const { min, max } = boundsOf(mesh.positions);
	const middle = [(min[0] + max[0]) / 2, min[1], (min[2] + max[2]) / 2];
	const { positions } = mesh;
	for (let i = 0; i < positions.length; i += 1) {
		positions[i] = ((positions[i] ?? 0) - (middle[i % 3] ?? 0)) * scale;
	}
	const [x = 0, y = 0, z = 0] = inFile(middle, up);
	return { x: x + origin[0], y: y + origin[1], z: z + origin[2] };
}

/** A place of the exhibit's frame in the file's. */
function inFile([x = 0, y = 0, z = 0]: number[], up: UpAxis): number[] {
	if (up === 'Z') return [x, -z, y];
	return up === '-Y' ? [x, -y, -z] : [x, y, z];
}

/** (x, y, z) becomes (x, -y, -z). */
function yDownToYUp(vectors: Float32Array): void {
	for (let i = 0; i < vectors.length; i += 3) {
		vectors[i + 1] = -(vectors[i + 1] ?? 0);
		vectors[i + 2] = -(vectors[i + 2] ?? 0);
	}
}

/** (x, y, z) becomes (x, z, -y). */
function zUpToYUp(vectors: Float32Array): void {
	for (let i = 0; i < vectors.length; i += 3) {
		const y = vectors[i + 1] ?? 0;
		vectors[i + 1] = vectors[i + 2] ?? 0;
		vectors[i + 2] = -y;
	}
}
