import { type Mesh, vec3At, weldGroups } from '../../../../scripts/demo/surface/mesh.ts';

/** Signed volume, cubic metres: positive when the fronts of a closed mesh face outward. */
export function volumeOf(m: Mesh): number {
	let six = 0;
	for (let t = 0; t < m.indices.length; t += 3) {
		const [a, b, c] = [0, 1, 2].map((k) => vec3At(m.positions, m.indices[t + k] ?? 0));
		if (!a || !b || !c) continue;
		six +=
			a[0] * (b[1] * c[2] - b[2] * c[1]) +
			a[1] * (b[2] * c[0] - b[0] * c[2]) +
			a[2] * (b[0] * c[1] - b[1] * c[0]);
	}
	return six / 6;
}

/** Edges that do not have exactly one neighbour running the other way: 0 for a closed mesh. */
export function openEdges(m: Mesh): number {
	const groups = weldGroups(m.positions);
	const edges = new Map<string, number>();
	for (let t = 0; t < m.indices.length; t += 3) {
		const corners = [0, 1, 2].map((k) => groups[m.indices[t + k] ?? 0] ?? 0);
		for (let k = 0; k < 3; k++) {
			const [a = 0, b = 0] = [corners[k], corners[(k + 1) % 3]];
			if (a === b) continue;
			const key = `${Math.min(a, b)}:${Math.max(a, b)}`;
			edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1));
		}
	}
	return [...edges.values()].filter((balance) => balance !== 0).length;
}
