import { isCutFromFirst } from './cut-quad.ts';

/** Beyond this many corners clipping ears, which is quadratic, gives way to a fan. */
const MAX_CLIPPED = 512;

/** Positions N×3. */
type Positions = Float32Array;

/**
 * Cuts a polygon into triangles: three numbers each, of corners in `places`, appended to `out`. Quads
 * are cut where they do not fold; larger polygons as a fan when they are convex, else by clipping
 * ears, so that a concave one keeps its outline. Corners need not lie in one plane. Source: Meisters,
 * "Polygons have ears", 1975; normal after Newell.
 */
export function triangulate(places: number[], positions: Positions, out: number[]): void {
	const count = places.length;
	if (count === 3) {
		out.push(0, 1, 2);
		return;
	}
	if (count > MAX_CLIPPED) {
		fan(count, out);
		return;
	}
	if (count === 4) {
		const [a = 0, b = 0, c = 0, d = 0] = places;
		if (isCutFromFirst(positions, a, b, c, d)) out.push(0, 1, 2, 0, 2, 3);
		else out.push(1, 2, 3, 1, 3, 0);
		return;
	}
	const flat = new FlatPolygon(places, positions);
	if (flat.isFan()) fan(count, out);
	else clipEars(flat, count, out);
}

function fan(count: number, out: number[]): void {
	for (let k = 2; k < count; k += 1) out.push(0, k - 1, k);
}

/** A polygon looked at along its own normal. */
class FlatPolygon {
	readonly #x: Float64Array;
	readonly #y: Float64Array;

	constructor(places: number[], positions: Positions) {
		const normal = [0, 0, 0];
		const at = (corner: number, k: number) => positions[(places[corner] ?? 0) * 3 + k] ?? 0;
		for (let i = 0, j = places.length - 1; i < places.length; j = i, i += 1) {
			for (let k = 0; k < 3; k += 1) {
				const [a, b] = [(k + 1) % 3, (k + 2) % 3];
				normal[k] = (normal[k] ?? 0) + (at(j, a) - at(i, a)) * (at(j, b) + at(i, b));
			}
		}
		const sizes = normal.map(Math.abs);
		const dropped = sizes.indexOf(Math.max(...sizes));
		const isFlipped = (normal[dropped] ?? 0) < 0;
		const [a, b] = [(dropped + 1) % 3, (dropped + 2) % 3];
		this.#x = Float64Array.from(places, (_, i) => at(i, isFlipped ? b : a));
		this.#y = Float64Array.from(places, (_, i) => at(i, isFlipped ? a : b));
	}

	/** Twice the area of three corners, negative where they turn against the polygon. */
	turn(a: number, b: number, c: number): number {
		const [ax = 0, ay = 0] = [this.#x[a], this.#y[a]];
		const [bx = 0, by = 0, cx = 0, cy = 0] = [this.#x[b], this.#y[b], this.#x[c], this.#y[c]];
		return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
	}

	/** True when every triangle of the fan round the first corner turns the right way. */
	isFan(): boolean {
		for (let k = 2; k < this.#x.length; k += 1) if (this.turn(0, k - 1, k) < 0) return false;
		return true;
	}

	/** True when the point lies in the triangle or on its border. */
	isInside(point: number, a: number, b: number, c: number): boolean {
		return (
			this.turn(a, b, point) >= 0 && this.turn(b, c, point) >= 0 && this.turn(c, a, point) >= 0
		);
	}
}

function clipEars(flat: FlatPolygon, count: number, out: number[]): void {
	const left = Array.from({ length: count }, (_, i) => i);
	while (left.length > 3) {
		const found = left.findIndex((_, i) => isEar(flat, left, i));
		// A polygon that crosses itself may have no ear; any corner then does as well as another.
		const ear = Math.max(found, 0);
		out.push(...cornersRound(left, ear));
		left.splice(ear, 1);
	}
	out.push(...left);
}

function isEar(flat: FlatPolygon, left: number[], i: number): boolean {
	const [a, b, c] = cornersRound(left, i);
	if (flat.turn(a, b, c) <= 0) return false;
	return left.every((p) => p === a || p === b || p === c || !flat.isInside(p, a, b, c));
}

function cornersRound(left: number[], i: number): [number, number, number] {
	const before = left[(i + left.length - 1) % left.length] ?? 0;
	return [before, left[i] ?? 0, left[(i + 1) % left.length] ?? 0];
}
