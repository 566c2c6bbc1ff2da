import type { Finding } from '#schema/asset/digitize-report';
import type { Mesh, Scan } from '../mesh/mesh.ts';
import { mendNormals, turnNormals } from '../mesh/normals.ts';
import { release } from '../mesh/release.ts';
import { dropUnused, weld } from '../mesh/weld.ts';
import { refuse } from '../refusal-error.ts';
import { type Examination, examine, type Health } from './examine.ts';
import { MARK } from './topology.ts';

/** What a scan was like, and what was done to it. */
export interface Healed {
	/** Vertices and triangles as the file has them; the rest as `examine` says. */
	health: Health;
	/** Vertices that repeated another in every attribute, and those no triangle used. */
	duplicateVertices: number;
	unusedVertices: number;
	/** Triangles that were turned over. */
	flippedTriangles: number;
	findings: Finding[];
}

/**
 * Mends what can be mended without inventing anything: vertices that repeat each other become one;
 * triangles with two corners at one place, triangles and vertices that add nothing, go; triangles that
 * wind against their surface and closed surfaces that are inside out are turned; normals without a
 * direction come from the surface. What was done is said as `fixed`. Thin triangles stay, they close
 * the surface; triangles that lie on others but are painted otherwise stay; holes are never filled.
 *
 * `scan.mesh` is replaced, its arrays are changed or given back. Refuses with `mesh-empty` when nothing is
 * left.
 */
export function heal(scan: Scan, name: string): Healed {
	const vertices = scan.mesh.materialOf.length;
	replaceMesh(scan, weld(scan.mesh));
	const duplicateVertices = vertices - scan.mesh.materialOf.length;
	const { health, marks, places } = examine(scan.mesh);
	const turned = turnTriangles(scan.mesh, marks);
	const removed = removeTriangles(scan, marks);
	if (scan.mesh.indices.length === 0) {
		refuse('mesh-empty', `${name} has only triangles without area — export the surface again`);
	}
	if (turned !== undefined) turnNormals(scan.mesh, turned, places);
	const before = scan.mesh.materialOf.length;
	replaceMesh(scan, dropUnused(scan.mesh));
	const unusedVertices = before - scan.mesh.materialOf.length;
	const { contraryTriangles, invertedTriangles, invertedPatches } = health.winding;
	const findings: Finding[] = [
		...fixed('vertices-welded', 'vertices', duplicateVertices),
		...fixed('degenerate-triangles-removed', 'triangles', removed.degenerate),
		...fixed('duplicate-triangles-removed', 'triangles', removed.duplicate),
		...fixed('unused-vertices-removed', 'vertices', unusedVertices),
		...fixed('winding-made-consistent', 'triangles', contraryTriangles),
		...fixed('inside-out-turned', 'surfaces', invertedPatches),
		...healNormals(scan.mesh, unusedVertices === 0 ? places : undefined),
	];
	release(marks, places.remap, places.first);
	return {
		health: { ...health, vertices },
		duplicateVertices,
		unusedVertices,
		flippedTriangles: contraryTriangles + invertedTriangles,
		findings,
	};
}

/** The arrays that are not taken over are given back. */
function replaceMesh(scan: Scan, mesh: Mesh): void {
	const kept = new Set<unknown>(Object.values(mesh));
	const before: (ArrayBufferView | undefined)[] = Object.values(scan.mesh);
	scan.mesh = mesh;
	release(...before.filter((array) => !kept.has(array)));
}

function fixed(code: string, what: string, count: number): Finding[] {
	return count === 0 ? [] : [{ code, level: 'fixed', values: { [what]: count } }];
}

/** Turns what is marked, in place; gives which vertices that touched, undefined when none. */
function turnTriangles(mesh: Mesh, marks: Uint8Array): Uint8Array | undefined {
	const { indices } = mesh;
	let touched: Uint8Array | undefined;
	for (let t = 0; t < marks.length; t += 1) {
		if (((marks[t] ?? 0) & MARK.flipped) === 0) continue;
		touched ??= new Uint8Array(mesh.materialOf.length);
		const second = indices[t * 3 + 1] ?? 0;
		indices[t * 3 + 1] = indices[t * 3 + 2] ?? 0;
		indices[t * 3 + 2] = second;
		for (let k = 0; k < 3; k += 1) touched[indices[t * 3 + k] ?? 0] = 1;
	}
	return touched;
}

function removeTriangles(scan: Scan, marks: Uint8Array): { degenerate: number; duplicate: number } {
	const { indices } = scan.mesh;
	const removed = { degenerate: 0, duplicate: 0 };
	let length = 0;
	for (let t = 0; t < marks.length; t += 1) {
		const mark = marks[t] ?? 0;
		if ((mark & MARK.degenerate) !== 0) removed.degenerate += 1;
		else if ((mark & MARK.duplicate) !== 0) removed.duplicate += 1;
		else {
			indices.copyWithin(length, t * 3, t * 3 + 3);
			length += 3;
		}
	}
	if (length < indices.length) scan.mesh = { ...scan.mesh, indices: indices.slice(0, length) };
	return removed;
}

function healNormals(mesh: Mesh, places: Examination['places'] | undefined): Finding[] {
	if (mesh.normals === undefined) {
		mendNormals(mesh, places);
		return [{ code: 'normals-computed', level: 'info', values: {} }];
	}
	return fixed('normals-mended', 'vertices', mendNormals(mesh, places));
}
