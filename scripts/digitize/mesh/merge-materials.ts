import type { Material, Mesh, Scan } from './mesh.ts';

/**
 * Makes materials that look the same one, and drops those nothing uses: each that is left costs a
 * draw. Gives new materials; `mesh.materialOf` is rewritten in place.
 */
export function mergeMaterials(scan: Scan): Material[] {
	const { mesh } = scan;
	const merged: Material[] = [];
	const byLook = new Map<string, number>();
	const targets = new Map<number, number>();
	for (const number of used(mesh)) {
		const material = scan.materials[number];
		if (material === undefined) continue;
		const look = JSON.stringify({ ...material, name: '' });
		const known = byLook.get(look);
		const target = known ?? merged.push(material) - 1;
		byLook.set(look, target);
		targets.set(number, target);
	}
	mesh.materialOf = mesh.materialOf.map((number) => targets.get(number) ?? 0);
	return merged;
}

function used(mesh: Mesh): number[] {
	const seen = new Set<number>();
	for (const index of mesh.indices) seen.add(mesh.materialOf[index] ?? 0);
	return [...seen].sort((a, b) => a - b);
}
