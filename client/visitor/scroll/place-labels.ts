import { SCROLL_U, type ScrollPoint } from './project.ts';

/** A box in the picture, in its units (u); x, y is the upper left corner. */
export interface Box {
	xU: number;
	yU: number;
	widthU: number;
	heightU: number;
}

export interface LabelRequest {
	at: ScrollPoint;
	widthU: number;
	heightU: number;
}

const MARKER_U = 15;
const GAP_U = 8;
const EDGE_U = 26;
const REACHES = [0, 34, 70, 110, 155, 205, 260, 320];
const SIDES = [0, -0.5, 0.5, -0.95, 0.95];

/** Moves points that would lie on one another apart, in turn to the right. */
export function spreadPoints(points: readonly ScrollPoint[]): ScrollPoint[] {
	const spread: ScrollPoint[] = [];
	for (const point of points) {
		let { xU } = point;
		while (spread.some((p) => Math.hypot(p.xU - xU, p.yU - point.yU) < MARKER_U * 2.2))
			xU += MARKER_U;
		spread.push({ xU, yU: point.yU });
	}
	return spread;
}

/**
 * Finds a place above or below its point for every label so that none covers another or a point.
 * Greedy, the nearest free place wins; labels × candidates × labels, which is small for a cluster.
 */
export function placeLabels(requests: readonly LabelRequest[]): Box[] {
	const markers = requests.map(({ at }) => boxAround(at, MARKER_U));
	const placed: Box[] = [];
	for (const request of requests) {
		const own = boxAround(request.at, MARKER_U);
		const others = markers.filter((box) => box.xU !== own.xU || box.yU !== own.yU);
		const candidates = candidatesFor(request).filter(isInside);
		const free = candidates.find((box) => ![...others, ...placed].some((o) => overlaps(box, o)));
		const fallback = candidates.toSorted(
			(a, b) => overlapSum(a, placed) - overlapSum(b, placed),
		)[0];
		placed.push(free ?? fallback ?? { ...own, widthU: request.widthU, heightU: request.heightU });
	}
	return placed;
}

function candidatesFor({ at, widthU, heightU }: LabelRequest): Box[] {
	return REACHES.flatMap((reach) =>
		SIDES.flatMap((side) => {
			const xU = at.xU - widthU / 2 + side * (widthU + MARKER_U);
			const above = at.yU - MARKER_U - GAP_U - reach - heightU;
			const below = at.yU + MARKER_U + GAP_U + reach;
			return [above, below].map((yU) => ({ xU, yU, widthU, heightU }));
		}),
	);
}

function boxAround({ xU, yU }: ScrollPoint, halfU: number): Box {
	return { xU: xU - halfU, yU: yU - halfU, widthU: halfU * 2, heightU: halfU * 2 };
}

function isInside(box: Box): boolean {
	return (
		box.xU >= EDGE_U &&
		box.yU >= EDGE_U &&
		box.xU + box.widthU <= SCROLL_U.width - EDGE_U &&
		box.yU + box.heightU <= SCROLL_U.height - EDGE_U
	);
}

/** Whether two boxes come closer than the gap. */
export function overlaps(a: Box, b: Box): boolean {
	return (
		a.xU < b.xU + b.widthU + GAP_U &&
		b.xU < a.xU + a.widthU + GAP_U &&
		a.yU < b.yU + b.heightU + GAP_U &&
		b.yU < a.yU + a.heightU + GAP_U
	);
}

function overlapSum(box: Box, others: readonly Box[]): number {
	return others.filter((other) => overlaps(box, other)).length;
}
