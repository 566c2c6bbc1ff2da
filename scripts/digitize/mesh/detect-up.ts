import type { UpAxis } from '#schema/asset/asset-manifest';
import type { MeshReport } from '#schema/asset/digitize-report';
import type { Health } from '../health/examine.ts';
import type { Mesh, Scan } from './mesh.ts';

/** What each format's writers mostly do, and how far to trust that. */
const CUSTOM: Readonly<Record<Scan['format'], { value: UpAxis; confidence: number }>> = {
	glb: { value: 'Y', confidence: 1 },
	gltf: { value: 'Y', confidence: 1 },
	obj: { value: 'Y', confidence: 0.5 },
	ply: { value: 'Z', confidence: 0.4 },
	stl: { value: 'Z', confidence: 0.6 },
};

/** How near the lowest point a base lies, as a share of the height. */
const BASE_SHARE = 0.02;
/** The least share of the whole surface that makes a base. */
const BASE_AREA_SHARE = 0.01;
/** How much larger one axis's base must be than the other's. */
const CLEARLY = 2;

/**
 * The upward axis of a scan: what the curator says, else what the format fixes (glTF: Y), else the
 * axis under which the piece has a flat base to stand on, else the custom of the format.
 */
export function detectUp(scan: Scan, health: Health, given: UpAxis | undefined): MeshReport['up'] {
	if (given !== undefined) return { value: given, how: 'given', confidence: 1 };
	const custom = CUSTOM[scan.format];
	if (custom.confidence === 1) return { ...custom, how: 'format' };
	const y = baseArea(scan.mesh, health, 1);
	const z = baseArea(scan.mesh, health, 2);
	const least = health.area * BASE_AREA_SHARE;
	if (y > least && y > z * CLEARLY) return { value: 'Y', how: 'detected', confidence: 0.8 };
	if (z > least && z > y * CLEARLY) return { value: 'Z', how: 'detected', confidence: 0.8 };
	return { ...custom, how: 'detected' };
}

/** The area of triangles that lie within the lowest part along an axis and face down it. */
function baseArea(mesh: Mesh, health: Health, axis: 1 | 2): number {
	const { positions, indices } = mesh;
	const low = health.bounds.min[axis];
	const limit = low + (health.bounds.max[axis] - low) * BASE_SHARE;
	const [i, j] = axis === 1 ? [2, 0] : [0, 1];
	let area = 0;
	for (let t = 0; t < indices.length; t += 3) {
		const [a, b, c] = [indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0];
		const p = (vertex: number, k: number) => positions[vertex * 3 + k] ?? 0;
		if (p(a, axis) > limit || p(b, axis) > limit || p(c, axis) > limit) continue;
		const cross =
			(p(b, i) - p(a, i)) * (p(c, j) - p(a, j)) - (p(b, j) - p(a, j)) * (p(c, i) - p(a, i));
		area += Math.abs(cross) / 2;
	}
	return area;
}
