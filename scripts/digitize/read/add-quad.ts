import { isCutFromFirst } from './cut-quad.ts';
import type { IndexList } from './index-list.ts';

/**
 * Adds a quad as two triangles, cut where it does not fold. `places` (N×3) are positions, `corners` the
 * numbers of its four, `vertices` those of the vertices there.
 */
export function addQuad(
	indices: IndexList,
	places: Float32Array,
	corners: Uint32Array,
	vertices: Uint32Array,
): void {
	const isFan = isCutFromFirst(
		places,
		at(corners, 0),
		at(corners, 1),
		at(corners, 2),
		at(corners, 3),
	);
	const first = isFan ? 0 : 1;
	const a = at(vertices, first);
	const c = at(vertices, first + 2);
	indices.triangle(a, at(vertices, first + 1), c);
	indices.triangle(a, c, at(vertices, (first + 3) % 4));
}

function at(numbers: Uint32Array, k: number): number {
	return numbers[k] ?? 0;
}
