/** Triangles by their lowest vertex, those of one vertex in the order given. Linear time. */
export function orderTriangles(indices: Uint32Array, vertices: number): Uint32Array {
	const places = new Uint32Array(vertices + 1);
	for (let t = 0; t < indices.length; t += 3) {
		const next = lowest(indices, t) + 1;
		places[next] = (places[next] ?? 0) + 3;
	}
	for (let i = 1; i <= vertices; i += 1) places[i] = (places[i] ?? 0) + (places[i - 1] ?? 0);
	const ordered = new Uint32Array(indices.length);
	for (let t = 0; t < indices.length; t += 3) {
		const first = lowest(indices, t);
		const place = places[first] ?? 0;
		ordered[place] = indices[t] ?? 0;
		ordered[place + 1] = indices[t + 1] ?? 0;
		ordered[place + 2] = indices[t + 2] ?? 0;
		places[first] = place + 3;
	}
	return ordered;
}

function lowest(indices: Uint32Array, t: number): number {
	return Math.min(indices[t] ?? 0, indices[t + 1] ?? 0, indices[t + 2] ?? 0);
}
