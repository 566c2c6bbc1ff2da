/** The triangles of a mesh on its maps. */
export interface MapSurface {
	indices: Uint32Array;
	/** N×2. */
	uvs: Float32Array | undefined;
	/** N, where there is more than one material. */
	materialOf: Uint16Array | undefined;
}

/** A pixel counts as shown when a triangle comes this near to its middle. */
const REACH_PX = 0.5;
/** Triangles that lie over one another more often than this, all in all, are no atlas. */
const MOST_LAYERS = 16;

/**
 * Which pixels of a map the triangles of some materials show: 255 for those, 0 for the rest. Undefined
 * where triangles repeat the map or pile up on it, so that all of it counts as shown.
 *
 * About 4 ns a pixel that lies in the box of a triangle.
 */
export function coverMap(
	{ indices, uvs, materialOf }: MapSurface,
	materials: readonly number[],
	{ widthPx, heightPx }: { widthPx: number; heightPx: number },
): Uint8Array | undefined {
	if (uvs === undefined) return undefined;
	const covered = new Uint8Array(widthPx * heightPx);
	const corners = new Float64Array(6);
	let visits = covered.length * MOST_LAYERS;
	for (let t = 0; t < indices.length; t += 3) {
		if (materialOf && !materials.includes(materialOf[indices[t] ?? 0] ?? 0)) continue;
		for (let k = 0; k < 3; k += 1) {
			const vertex = indices[t + k] ?? 0;
			corners[k * 2] = (uvs[vertex * 2] ?? 0) * widthPx - 0.5;
			corners[k * 2 + 1] = (uvs[vertex * 2 + 1] ?? 0) * heightPx - 0.5;
		}
		visits -= cover(covered, widthPx, heightPx, corners);
		if (visits < 0) return undefined;
	}
	return covered;
}

/** Marks the pixels of one triangle; gives how many it looked at, infinite where it repeats the map. */
function cover(covered: Uint8Array, widthPx: number, heightPx: number, c: Float64Array): number {
	const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = c;
	const left = Math.ceil(Math.min(ax, bx, cx) - REACH_PX);
	const right = Math.floor(Math.max(ax, bx, cx) + REACH_PX);
	const top = Math.ceil(Math.min(ay, by, cy) - REACH_PX);
	const bottom = Math.floor(Math.max(ay, by, cy) + REACH_PX);
	if (right - left >= widthPx || bottom - top >= heightPx) return Infinity;
	const turn = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay) < 0 ? -1 : 1;
	const ab = edge(ax, ay, bx, by, turn);
	const bc = edge(bx, by, cx, cy, turn);
	const ca = edge(cx, cy, ax, ay, turn);
	for (let y = top; y <= bottom; y += 1) {
		const row = (((y % heightPx) + heightPx) % heightPx) * widthPx;
		for (let x = left; x <= right; x += 1) {
			const isNear =
				ab.x * x + ab.y * y >= ab.least &&
				bc.x * x + bc.y * y >= bc.least &&
				ca.x * x + ca.y * y >= ca.least;
			if (isNear) covered[row + (((x % widthPx) + widthPx) % widthPx)] = 255;
		}
	}
	return (right - left + 1) * (bottom - top + 1);
}

/** The half plane on the inner side of an edge, with its reach. */
function edge(
	fromX: number,
	fromY: number,
	toX: number,
	toY: number,
	turn: number,
): { x: number; y: number; least: number } {
	const length = Math.hypot(toX - fromX, toY - fromY) || 1;
	const x = (-turn * (toY - fromY)) / length;
	const y = (turn * (toX - fromX)) / length;
	return { x, y, least: x * fromX + y * fromY - REACH_PX };
}
