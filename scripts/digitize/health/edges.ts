import { release } from '../mesh/release.ts';

/** Buckets up to this long are sorted by insertion, which needs no memory. */
const SHORT = 32;

/**
 * A surface as places joined by triangles: what its topology is. `placeOf` numbers the places of its
 * vertices; a half-edge is the number of the corner it starts at.
 */
export class Corners {
	readonly indices: Uint32Array;
	readonly placeOf: Uint32Array;

	constructor(indices: Uint32Array, placeOf: Uint32Array) {
		this.indices = indices;
		this.placeOf = placeOf;
	}

	place(corner: number): number {
		return this.placeOf[this.indices[corner] ?? 0] ?? 0;
	}

	/** The corner after this one in the same triangle. */
	next(corner: number): number {
		return corner % 3 === 2 ? corner - 2 : corner + 1;
	}

	/** The place a half-edge leads to. */
	end(halfEdge: number): number {
		return this.place(this.next(halfEdge));
	}

	/** The place of the corner across from a half-edge. */
	across(halfEdge: number): number {
		return this.place(this.next(this.next(halfEdge)));
	}
}

/**
 * Calls `visit` once for every edge with the half-edges that lie on it, as `list[start..end)`, in
 * ascending order. Triangles for which `isSkipped` says so take no part.
 *
 * Half-edges are filed under the end that fewer of them touch, so that no file is long, whatever the
 * mesh (a fan of a million triangles has a million files of two), and each file is sorted: 4 bytes a
 * half-edge and 8 a place. Rejected: a hash of edges, 10 bytes a slot
 * at 1.2 to 2.4 slots a half-edge.
 */
export function eachEdge(
	corners: Corners,
	places: number,
	isSkipped: (triangle: number) => boolean,
	visit: (list: Uint32Array, start: number, end: number) => void,
): void {
	const { list, starts } = fileHalfEdges(corners, places, isSkipped);
	const others = new Uint32Array(SHORT);
	for (let owner = 0; owner < places; owner += 1) {
		const start = starts[owner] ?? 0;
		const end = starts[owner + 1] ?? 0;
		if (end === start) continue;
		const other = (halfEdge: number): number => {
			const from = corners.place(halfEdge);
			return from === owner ? corners.end(halfEdge) : from;
		};
		if (end - start <= SHORT) sortShort(list, start, end, other, others);
		else list.subarray(start, end).sort((a, b) => other(a) - other(b) || a - b);
		let first = start;
		for (let i = start + 1; i <= end; i += 1) {
			if (i < end && other(list[i] ?? 0) === other(list[first] ?? 0)) continue;
			visit(list, first, i);
			first = i;
		}
	}
	release(list, starts);
}

function fileHalfEdges(
	corners: Corners,
	places: number,
	isSkipped: (triangle: number) => boolean,
): { list: Uint32Array; starts: Uint32Array } {
	const degrees = new Uint32Array(places);
	const each = (visit: (halfEdge: number, place: number, end: number) => void): void => {
		for (let t = corners.indices.length / 3 - 1; t >= 0; t -= 1) {
			if (isSkipped(t)) continue;
			const a = corners.place(t * 3);
			const b = corners.place(t * 3 + 1);
			const c = corners.place(t * 3 + 2);
			visit(t * 3 + 2, c, a);
			visit(t * 3 + 1, b, c);
			visit(t * 3, a, b);
		}
	};
	each((_, place) => {
		degrees[place] = (degrees[place] ?? 0) + 1;
	});
	const owner = (a: number, b: number): number => {
		const byDegree = (degrees[a] ?? 0) - (degrees[b] ?? 0);
		return byDegree < 0 || (byDegree === 0 && a < b) ? a : b;
	};
	const starts = new Uint32Array(places + 1);
	each((_, a, b) => {
		const place = owner(a, b);
		starts[place] = (starts[place] ?? 0) + 1;
	});
	for (let i = 0; i < places; i += 1) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
	const list = new Uint32Array(starts[places] ?? 0);
	// Each number is the end of its place's file; going backwards through the half-edges, it moves to the beginning.
	each((halfEdge, a, b) => {
		const place = owner(a, b);
		const at = (starts[place] ?? 0) - 1;
		starts[place] = at;
		list[at] = halfEdge;
	});
	release(degrees);
	return { list, starts };
}

function sortShort(
	list: Uint32Array,
	start: number,
	end: number,
	other: (halfEdge: number) => number,
	others: Uint32Array,
): void {
	for (let i = start; i < end; i += 1) {
		const halfEdge = list[i] ?? 0;
		const key = other(halfEdge);
		let at = i - start;
		while (at > 0 && (others[at - 1] ?? 0) > key) {
			others[at] = others[at - 1] ?? 0;
			list[start + at] = list[start + at - 1] ?? 0;
			at -= 1;
		}
		others[at] = key;
		list[start + at] = halfEdge;
	}
}
