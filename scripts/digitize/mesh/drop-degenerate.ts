import type { Finding } from '#schema/digitize-report';
import { refuse } from '../refusal-error.ts';
import type { Health } from './inspect.ts';
import type { Scan } from './mesh.ts';
import { dropUnused, weldPositions } from './weld.ts';

/**
 * Takes triangles out that have two corners at one place, and vertices no triangle uses. Refuses with
 * `mesh-empty` when nothing is left. Thin triangles stay: they close the surface.
 */
export function dropDegenerate(scan: Scan, health: Health, name: string): Finding[] {
	const before = scan.mesh.materialOf.length;
	const findings: Finding[] = [];
	if (health.degenerateTriangles > 0) {
		const removed = filterTriangles(scan);
		if (scan.mesh.indices.length === 0) {
			refuse('mesh-empty', `${name} has only triangles without area — export the surface again`);
		}
		if (removed > 0) {
			const values = { triangles: removed };
			findings.push({ code: 'degenerate-triangles-removed', level: 'fixed', values });
		}
	}
	scan.mesh = dropUnused(scan.mesh);
	const unused = before - scan.mesh.materialOf.length;
	if (unused > 0) {
		findings.push({
			code: 'unused-vertices-removed',
			level: 'fixed',
			values: { vertices: unused },
		});
	}
	return findings;
}

function filterTriangles(scan: Scan): number {
	const { indices } = scan.mesh;
	const { remap } = weldPositions(scan.mesh.positions);
	const kept = new Uint32Array(indices.length);
	let length = 0;
	for (let t = 0; t < indices.length; t += 3) {
		const corners = indices.subarray(t, t + 3);
		const [a, b, c] = [0, 1, 2].map((k) => remap[corners[k] ?? 0]);
		if (a === b || b === c || c === a) continue;
		kept.set(corners, length);
		length += 3;
	}
	scan.mesh = { ...scan.mesh, indices: kept.slice(0, length) };
	return (indices.length - length) / 3;
}
