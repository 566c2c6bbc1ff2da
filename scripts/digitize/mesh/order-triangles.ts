/**
 * Triangles under the new numbers of their vertices, by the lowest of these, those of one vertex in the
 * order given. Linear time.
 */
export function orderTriangles(
	indices: Uint32Array,
	remap: Uint32Array,
	vertices: number,
): Uint32Array {
	const places = new Uint32Array(vertices + 1);
	for (let t = 0; t < indices.length; t += 3) {
		const next = lowest(indices, remap, t) + 1;
		places[next] = (places[next] ?? 0) + 3;
	}
	for (let i = 1; i <= vertices; i += 1) places[i] = (places[i] ?? 0) + (places[i - 1] ?? 0);
	const ordered = new Uint32Array(indices.length);
	for (let t = 0; t < indices.length; t += 3) {
		const first = lowest(indices, remap, t);
		const place = places[first] ?? 0;
		ordered[place] = renumbered(indices, remap, t);
		ordered[place + 1] = renumbered(indices, remap, t + 1);
		ordered[place + 2] = renumbered(indices, remap, t + 2);
		places[first] = place + 3;
	}
	return ordered;
}

function lowest(indices: Uint32Array, remap: Uint32Array, t: number): number {
	const [a, b] = [renumbered(indices, remap, t), renumbered(indices, remap, t + 1)];
	return Math.min(a, b, renumbered(indices, remap, t + 2));
}

function renumbered(indices: Uint32Array, remap: Uint32Array, corner: number): number {
	return remap[indices[corner] ?? 0] ?? 0;
}
