import type { Corners } from './edges.ts';
import { SET_ASIDE, type Topology } from './topology.ts';
import { TriangleRuler } from './triangle-ruler.ts';
import { UnionFind } from './union-find.ts';

/** The parts of a surface that share no place. */
export interface Pieces {
	components: number;
	/** Shares of the whole area. */
	largestShare: number;
	/** Components below 0.1 % of the area, and what they have together. */
	fragments: number;
	fragmentsShare: number;
	/** How many places the surface touches. */
	placesUsed: number;
	/** The component of each place it touches, and the area of each component. */
	componentOf: Uint32Array;
	areas: Float64Array;
}

/** A component with less of the surface than this is a fragment. */
const FRAGMENT_SHARE = 0.001;

/** Tells the parts of a surface apart: 9 bytes a place, linear. */
export function findPieces(
	positions: Float32Array,
	corners: Corners,
	places: number,
	{ marks }: Topology,
): Pieces {
	const { componentOf, components, placesUsed } = numberPlaces(corners, places, marks);
	const areas = new Float64Array(components);
	const ruler = new TriangleRuler(positions);
	const { indices } = corners;
	for (let t = 0; t < marks.length; t += 1) {
		if (((marks[t] ?? 0) & SET_ASIDE) !== 0) continue;
		ruler.measure(indices[t * 3] ?? 0, indices[t * 3 + 1] ?? 0, indices[t * 3 + 2] ?? 0);
		const component = componentOf[corners.place(t * 3)] ?? 0;
		areas[component] = (areas[component] ?? 0) + ruler.doubleArea / 2;
	}
	return { components, placesUsed, componentOf, areas, ...sharesOf(areas) };
}

function numberPlaces(
	corners: Corners,
	places: number,
	marks: Uint8Array,
): Pick<Pieces, 'componentOf' | 'components' | 'placesUsed'> {
	const forest = new UnionFind(places);
	const isUsed = new Uint8Array(places);
	for (let t = 0; t < marks.length; t += 1) {
		if (((marks[t] ?? 0) & SET_ASIDE) !== 0) continue;
		const a = corners.place(t * 3);
		for (let corner = t * 3; corner < t * 3 + 3; corner += 1) {
			const place = corners.place(corner);
			isUsed[place] = 1;
			forest.join(a, place, false);
		}
	}
	const componentOf = new Uint32Array(places);
	let components = 0;
	let placesUsed = 0;
	for (let place = 0; place < places; place += 1) {
		if (isUsed[place] === 0) continue;
		placesUsed += 1;
		const root = forest.root(place);
		componentOf[place] = root === place ? components++ : (componentOf[root] ?? 0);
	}
	return { componentOf, components, placesUsed };
}

function sharesOf(
	areas: Float64Array,
): Pick<Pieces, 'largestShare' | 'fragments' | 'fragmentsShare'> {
	let whole = 0;
	let largest = 0;
	for (const area of areas) {
		whole += area;
		largest = Math.max(largest, area);
	}
	let fragments = 0;
	let small = 0;
	for (const area of areas) {
		if (area >= whole * FRAGMENT_SHARE) continue;
		fragments += 1;
		small += area;
	}
	const share = (area: number) => (whole > 0 ? Math.min(area / whole, 1) : 0);
	return { largestShare: share(largest), fragments, fragmentsShare: share(small) };
}
