import { type Corners, eachEdge } from './edges.ts';
import { IntegerList } from './integer-list.ts';
import { UnionFind } from './union-find.ts';

/** What is known of one triangle, as bits. */
export const MARK = {
	/** Two corners at one place. */
	degenerate: 1,
	/** Repeats an earlier one in every attribute. */
	duplicate: 2,
	/** Lies on an earlier one, but is painted otherwise. */
	coincident: 4,
	/** Lies on an earlier one and faces the other way. */
	back: 8,
	/** Touches an edge that is open or has more than two sides. */
	open: 16,
	/** Here a surface meets itself the other way round, as on a Möbius strip. */
	twisted: 32,
	/** Has another on its back, so its winding is meant. */
	backed: 64,
	/** Winds against its surface and is to be turned. */
	flipped: 128,
} as const;

/** Marks of triangles that are no part of the surface as it is traced. */
export const SET_ASIDE = MARK.degenerate | MARK.duplicate | MARK.coincident | MARK.back;

/** From this many triangles on one edge on, they are sorted to find those that coincide. */
const CROWDED = 16;

/** How the triangles of a surface hang together. */
export interface Topology {
	/** `MARK` bits, one byte a triangle. */
	marks: Uint8Array;
	/** Triangles joined across edges of two sides; parity: which way round each winds. */
	patches: UnionFind;
	edges: number;
	/** The half-edges that have nothing on their other side. */
	boundary: Uint32Array;
	/** Edges with more than two sides. */
	nonManifoldEdges: number;
	/** Edges whose two sides wind differently. */
	inconsistentEdges: number;
	/** Of all edges, in the mesh's unit. */
	edgeLengthSum: number;
}

/**
 * Traces a surface: its edges, which triangles lie on which, which wind alike. 20 bytes a
 * triangle while it runs.
 */
export function findTopology(positions: Float32Array, corners: Corners, places: number): Topology {
	const tracer = new Tracer(positions, corners);
	eachEdge(
		corners,
		places,
		(triangle) => tracer.isDegenerate(triangle),
		(list, start, end) => tracer.edge(list, start, end),
	);
	return tracer.topology();
}

class Tracer {
	readonly #positions: Float32Array;
	readonly #corners: Corners;
	readonly #marks: Uint8Array;
	readonly #patches: UnionFind;
	readonly #boundary = new IntegerList();
	#edges = 0;
	#nonManifoldEdges = 0;
	#inconsistentEdges = 0;
	#edgeLengthSum = 0;

	constructor(positions: Float32Array, corners: Corners) {
		this.#positions = positions;
		this.#corners = corners;
		const triangles = corners.indices.length / 3;
		this.#marks = new Uint8Array(triangles);
		this.#patches = new UnionFind(triangles);
		for (let t = 0; t < triangles; t += 1) {
			const a = corners.place(t * 3);
			const b = corners.place(t * 3 + 1);
			const c = corners.place(t * 3 + 2);
			if (a === b || b === c || c === a) this.#marks[t] = MARK.degenerate;
		}
	}

	isDegenerate(triangle: number): boolean {
		return ((this.#marks[triangle] ?? 0) & MARK.degenerate) !== 0;
	}

	edge(list: Uint32Array, start: number, end: number): void {
		const sides = end - start === 1 ? 1 : this.#setCopiesAside(list, start, end);
		const first = list[start] ?? 0;
		this.#edges += 1;
		this.#edgeLengthSum += this.#length(first);
		if (sides === 1) {
			this.#boundary.push(first);
			this.#mark(first, MARK.open);
		} else if (sides === 2) {
			this.#join(first, list[start + 1] ?? 0);
		} else {
			this.#nonManifoldEdges += 1;
			for (let i = start; i < start + sides; i += 1) this.#mark(list[i] ?? 0, MARK.open);
		}
	}

	topology(): Topology {
		return {
			marks: this.#marks,
			patches: this.#patches,
			edges: this.#edges,
			boundary: this.#boundary.view(),
			nonManifoldEdges: this.#nonManifoldEdges,
			inconsistentEdges: this.#inconsistentEdges,
			edgeLengthSum: this.#edgeLengthSum,
		};
	}

	#join(first: number, second: number): void {
		const isOpposite = this.#corners.place(first) === this.#corners.place(second);
		if (isOpposite) this.#inconsistentEdges += 1;
		const isAgreed = this.#patches.join(Math.floor(first / 3), Math.floor(second / 3), isOpposite);
		if (!isAgreed) this.#mark(first, MARK.twisted);
	}

	/**
	 * Of triangles with the same three places only the first stays in `list`; all of them touch this
	 * edge, so each of their edges comes to the same result. Gives how many stay.
	 */
	#setCopiesAside(list: Uint32Array, start: number, end: number): number {
		const isCrowded = end - start > CROWDED;
		const across = (halfEdge: number) => this.#corners.across(halfEdge);
		if (isCrowded) list.subarray(start, end).sort((a, b) => across(a) - across(b) || a - b);
		let kept = start + 1;
		for (let i = start + 1; i < end; i += 1) {
			const halfEdge = list[i] ?? 0;
			const place = across(halfEdge);
			let at = isCrowded ? kept - 1 : start;
			while (at < kept && across(list[at] ?? 0) !== place) at += 1;
			if (at < kept) {
				this.#setAside(halfEdge, list[at] ?? 0);
				continue;
			}
			list[kept] = halfEdge;
			kept += 1;
		}
		return kept - start;
	}

	#setAside(copy: number, original: number): void {
		const { indices } = this.#corners;
		if (this.#corners.place(copy) !== this.#corners.place(original)) {
			this.#mark(copy, MARK.back);
			this.#mark(original, MARK.backed);
			return;
		}
		let a = copy;
		let b = original;
		let isExact = true;
		for (let k = 0; k < 3; k += 1) {
			if (indices[a] !== indices[b]) isExact = false;
			a = this.#corners.next(a);
			b = this.#corners.next(b);
		}
		this.#mark(copy, isExact ? MARK.duplicate : MARK.coincident);
	}

	#mark(halfEdge: number, mark: number): void {
		const triangle = Math.floor(halfEdge / 3);
		this.#marks[triangle] = (this.#marks[triangle] ?? 0) | mark;
	}

	#length(halfEdge: number): number {
		const { indices } = this.#corners;
		const a = (indices[halfEdge] ?? 0) * 3;
		const b = (indices[this.#corners.next(halfEdge)] ?? 0) * 3;
		const x = (this.#positions[a] ?? 0) - (this.#positions[b] ?? 0);
		const y = (this.#positions[a + 1] ?? 0) - (this.#positions[b + 1] ?? 0);
		const z = (this.#positions[a + 2] ?? 0) - (this.#positions[b + 2] ?? 0);
		return Math.sqrt(x * x + y * y + z * z);
	}
}
