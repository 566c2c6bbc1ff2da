import type { Bounds } from '#schema/value/geometry';
import type { Corners } from './edges.ts';
import { MARK, SET_ASIDE, type Topology } from './topology.ts';
import { TriangleRuler } from './triangle-ruler.ts';
import { isTurned } from './union-find.ts';

/** How the triangles of a surface wind, and what turning the marked ones makes of it. */
export interface Winding {
	/** Area without triangles set aside, in the square of the mesh's unit. */
	area: number;
	/** By the divergence theorem, as found and after turning what is marked. */
	signedVolume: number;
	mendedVolume: number;
	/** Triangles without area that have three places. */
	flatTriangles: number;
	/** Triangles marked because they contradict the rest of their patch. */
	contraryTriangles: number;
	/** Closed patches that lay inside out and are turned as a whole, and their triangles. */
	invertedPatches: number;
	invertedTriangles: number;
	/** Patches that have no outside, as a Möbius strip. */
	twistedPatches: number;
}

/** Twice the area below which a triangle counts as having none, relative to the square of the size. */
const FLAT_SHARE = 1e-12;
/** More patches than this are a heap of loose triangles, where winding means nothing. */
const MAX_PATCHES = 1 << 22;
/** The most comparisons of boxes that look for cavities. */
const MAX_COMPARISONS = 2e7;

/**
 * Finds which triangles to turn, and marks them `flipped`. In a patch (triangles joined across edges
 * of two sides) that can be oriented, the lesser part by area follows the greater. A closed patch of
 * negative volume is inside out and is turned, except within the box of a larger patch, where it may be
 * a cavity: such a patch follows its host. Patches with back sides of their own are left as they are.
 */
export function decideWinding(
	positions: Float32Array,
	corners: Corners,
	topology: Topology,
	bounds: Bounds,
): Winding {
	const patches = Patches.of(topology);
	const sums = measure(positions, corners, topology, patches, bounds);
	const winding: Winding = {
		...sums,
		mendedVolume: sums.signedVolume,
		contraryTriangles: 0,
		invertedPatches: 0,
		invertedTriangles: 0,
		twistedPatches: 0,
	};
	if (patches === undefined) return winding;
	const turns = new Uint8Array(patches.count);
	for (let i = 0; i < patches.count; i += 1) {
		if (patches.isTwisted(i)) winding.twistedPatches += 1;
		else if (!patches.isBacked(i)) turns[i] = patches.contraryTurn(i);
	}
	for (const i of invertedPatches(patches, turns, positions, corners, topology)) {
		turns[i] = (turns[i] ?? 0) ^ (TURN.straight | TURN.turned);
		winding.invertedPatches += 1;
	}
	markTurns(patches, turns, topology, winding);
	winding.mendedVolume = patches.volume(turns);
	return winding;
}

/** Which triangles of a patch are turned: those that wind like its first one, or the others. */
const TURN = { straight: 1, turned: 2 } as const;

/** Sums over each patch; those of its two ways round apart. */
class Patches {
	readonly count: number;
	/** The patch of each triangle. */
	readonly ids: Uint32Array;
	readonly areas: Float64Array;
	readonly volumes: Float64Array;
	readonly #marks: Uint8Array;

	/** Undefined where there are too many to be a surface. */
	static of({ marks, patches }: Topology): Patches | undefined {
		let count = 0;
		for (let t = 0; t < marks.length; t += 1) {
			if (((marks[t] ?? 0) & SET_ASIDE) === 0 && patches.root(t) === t) count += 1;
		}
		return count > MAX_PATCHES ? undefined : new Patches(count, marks, patches);
	}

	private constructor(count: number, marks: Uint8Array, patches: Topology['patches']) {
		this.count = count;
		this.ids = new Uint32Array(marks.length);
		this.areas = new Float64Array(count * 2);
		this.volumes = new Float64Array(count * 2);
		this.#marks = new Uint8Array(count);
		let next = 0;
		for (let t = 0; t < marks.length; t += 1) {
			const mark = marks[t] ?? 0;
			if ((mark & SET_ASIDE) !== 0) continue;
			const root = patches.root(t);
			const id = root === t ? next++ : (this.ids[root] ?? 0);
			this.ids[t] = id;
			this.#marks[id] = (this.#marks[id] ?? 0) | mark;
		}
	}

	add(triangle: number, isOther: boolean, area: number, volume: number): void {
		const at = (this.ids[triangle] ?? 0) * 2 + (isOther ? 1 : 0);
		this.areas[at] = (this.areas[at] ?? 0) + area;
		this.volumes[at] = (this.volumes[at] ?? 0) + volume;
	}

	isTwisted(patch: number): boolean {
		return ((this.#marks[patch] ?? 0) & MARK.twisted) !== 0;
	}

	isBacked(patch: number): boolean {
		return ((this.#marks[patch] ?? 0) & MARK.backed) !== 0;
	}

	isClosed(patch: number): boolean {
		return ((this.#marks[patch] ?? 0) & (MARK.open | MARK.twisted | MARK.backed)) === 0;
	}

	/** What to turn so that all of a patch winds alike. */
	contraryTurn(patch: number): number {
		const straight = this.areas[patch * 2] ?? 0;
		const turned = this.areas[patch * 2 + 1] ?? 0;
		return straight >= turned ? TURN.turned : TURN.straight;
	}

	/** The volume of one patch once `turn` is done. */
	volumeOf(patch: number, turn: number): number {
		const straight = this.volumes[patch * 2] ?? 0;
		const turned = this.volumes[patch * 2 + 1] ?? 0;
		return (turn & TURN.straight ? -straight : straight) + (turn & TURN.turned ? -turned : turned);
	}

	volume(turns: Uint8Array): number {
		let sum = 0;
		for (let i = 0; i < this.count; i += 1) sum += this.volumeOf(i, turns[i] ?? 0);
		return sum;
	}
}

function measure(
	positions: Float32Array,
	{ indices }: Corners,
	{ marks, patches: forest }: Topology,
	patches: Patches | undefined,
	{ min, max }: Bounds,
): Pick<Winding, 'area' | 'signedVolume' | 'flatTriangles'> {
	const size = Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
	const flat = size * size * FLAT_SHARE;
	const ruler = new TriangleRuler(positions, min);
	let area = 0;
	let signedVolume = 0;
	let flatTriangles = 0;
	for (let t = 0; t < marks.length; t += 1) {
		if (((marks[t] ?? 0) & SET_ASIDE) !== 0) continue;
		ruler.measure(indices[t * 3] ?? 0, indices[t * 3 + 1] ?? 0, indices[t * 3 + 2] ?? 0);
		area += ruler.doubleArea / 2;
		signedVolume += ruler.sixVolume / 6;
		if (ruler.doubleArea <= flat) flatTriangles += 1;
		patches?.add(t, isTurned(forest.find(t)), ruler.doubleArea / 2, ruler.sixVolume / 6);
	}
	return { area, signedVolume, flatTriangles };
}

/** Closed patches that are inside out, as `decideWinding` says. */
function invertedPatches(
	patches: Patches,
	turns: Uint8Array,
	positions: Float32Array,
	corners: Corners,
	topology: Topology,
): number[] {
	const isInverted = (patch: number) =>
		patches.isClosed(patch) && patches.volumeOf(patch, turns[patch] ?? 0) < 0;
	const all = Array.from({ length: patches.count }, (_, patch) => patch);
	if (!all.some(isInverted)) return [];
	const boxes = new Boxes(patches.count);
	boxes.fill(patches, positions, corners, topology);
	const sizes = Float64Array.from(all, (patch) => boxes.volume(patch));
	all.sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b);
	const hosts: { patch: number; isTurned: boolean }[] = [];
	const inverted: number[] = [];
	let comparisons = 0;
	for (const patch of all) {
		comparisons += hosts.length;
		if (comparisons > MAX_COMPARISONS) break;
		const host = hosts.find((h) => boxes.isWithin(patch, h.patch));
		const isToTurn = host?.isTurned ?? isInverted(patch);
		if (host === undefined) hosts.push({ patch, isTurned: isToTurn });
		if (isToTurn && patches.isClosed(patch)) inverted.push(patch);
	}
	return inverted;
}

/** The box of each patch. */
class Boxes {
	readonly #min: Float32Array;
	readonly #max: Float32Array;

	constructor(count: number) {
		this.#min = new Float32Array(count * 3).fill(Number.POSITIVE_INFINITY);
		this.#max = new Float32Array(count * 3).fill(Number.NEGATIVE_INFINITY);
	}

	fill({ ids }: Patches, positions: Float32Array, { indices }: Corners, { marks }: Topology): void {
		for (let t = 0; t < marks.length; t += 1) {
			if (((marks[t] ?? 0) & SET_ASIDE) !== 0) continue;
			for (let corner = t * 3; corner < t * 3 + 3; corner += 1) {
				this.#include(ids[t] ?? 0, positions, indices[corner] ?? 0);
			}
		}
	}

	volume(patch: number): number {
		const side = (k: number) => (this.#max[patch * 3 + k] ?? 0) - (this.#min[patch * 3 + k] ?? 0);
		return side(0) * side(1) * side(2);
	}

	isWithin(inner: number, outer: number): boolean {
		for (let k = 0; k < 3; k += 1) {
			if ((this.#min[inner * 3 + k] ?? 0) < (this.#min[outer * 3 + k] ?? 0)) return false;
			if ((this.#max[inner * 3 + k] ?? 0) > (this.#max[outer * 3 + k] ?? 0)) return false;
		}
		return true;
	}

	#include(patch: number, positions: Float32Array, vertex: number): void {
		for (let k = 0; k < 3; k += 1) {
			const at = patch * 3 + k;
			const value = positions[vertex * 3 + k] ?? 0;
			this.#min[at] = Math.min(this.#min[at] ?? 0, value);
			this.#max[at] = Math.max(this.#max[at] ?? 0, value);
		}
	}
}

/** Marks what is turned, and counts it: whole inside-out patches apart from contrary triangles. */
function markTurns(
	patches: Patches,
	turns: Uint8Array,
	{ marks, patches: forest }: Topology,
	winding: Winding,
): void {
	for (let t = 0; t < marks.length; t += 1) {
		const mark = marks[t] ?? 0;
		if ((mark & SET_ASIDE) !== 0) continue;
		const patch = patches.ids[t] ?? 0;
		const turn = turns[patch] ?? 0;
		const isOther = isTurned(forest.find(t));
		if ((turn & (isOther ? TURN.turned : TURN.straight)) === 0) continue;
		marks[t] = mark | MARK.flipped;
		const isContrary = turn === patches.contraryTurn(patch);
		if (isContrary) winding.contraryTriangles += 1;
		else winding.invertedTriangles += 1;
	}
}
