/** Which triangle is in front at every pixel (-1: none), and how far away it is. */
export interface Visible {
	sizePx: number;
	triangle: Int32Array;
	depth: Float32Array;
}

export interface RasterOptions {
	sizePx: number;
	/** Screen x, screen y and depth of every vertex (N×3); depth grows away from the eye. */
	screen: Float32Array;
	indices: Uint32Array;
	/** True when depth must be interpolated as its inverse. */
	isPerspective: boolean;
	/** Whether a triangle shows at these barycentric coordinates; absent: always. */
	shows?: (triangle: number, a: number, b: number, c: number) => boolean;
}

/**
 * Draws triangles into a depth buffer, nearest wins, both sides alike. Pixel centres lie at half
 * pixels. Source: Pineda 1988 (edge functions), stepped along rows.
 */
export function rasterize(options: RasterOptions): Visible {
	const { sizePx, indices } = options;
	const visible: Visible = {
		sizePx,
		triangle: new Int32Array(sizePx * sizePx).fill(-1),
		depth: new Float32Array(sizePx * sizePx).fill(Infinity),
	};
	for (let t = 0; t < indices.length / 3; t += 1) drawTriangle(options, t, visible);
	return visible;
}

function drawTriangle(options: RasterOptions, t: number, visible: Visible): void {
	const { screen, indices, sizePx, isPerspective } = options;
	const a = num(indices, t * 3) * 3;
	const b = num(indices, t * 3 + 1) * 3;
	const c = num(indices, t * 3 + 2) * 3;
	const ax = num(screen, a);
	const ay = num(screen, a + 1);
	const bx = num(screen, b);
	const by = num(screen, b + 1);
	const cx = num(screen, c);
	const cy = num(screen, c + 1);
	const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
	if (area === 0 || !Number.isFinite(area)) return;
	const x0 = Math.max(Math.ceil(Math.min(ax, bx, cx) - 0.5), 0);
	const x1 = Math.min(Math.floor(Math.max(ax, bx, cx) - 0.5), sizePx - 1);
	const y0 = Math.max(Math.ceil(Math.min(ay, by, cy) - 0.5), 0);
	const y1 = Math.min(Math.floor(Math.max(ay, by, cy) - 0.5), sizePx - 1);
	// Most triangles of a dense scan lie between the pixels' centres.
	if (x0 > x1 || y0 > y1) return;
	const stepA = (by - cy) / area;
	const stepB = (cy - ay) / area;
	const za = depthTerm(num(screen, a + 2), isPerspective);
	const zb = depthTerm(num(screen, b + 2), isPerspective);
	const zc = depthTerm(num(screen, c + 2), isPerspective);
	const px = x0 + 0.5;
	for (let y = y0; y <= y1; y += 1) {
		const py = y + 0.5;
		let wa = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area;
		let wb = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area;
		for (let x = x0; x <= x1; x += 1, wa += stepA, wb += stepB) {
			const wc = 1 - wa - wb;
			if (wa < 0 || wb < 0 || wc < 0) continue;
			const depth = depthTerm(wa * za + wb * zb + wc * zc, isPerspective);
			const at = y * sizePx + x;
			if (depth < num(visible.depth, at)) cover(options, visible, at, t, depth, wa, wb);
		}
	}
}

/** Makes a triangle the front one of a pixel, unless it is see-through there. */
function cover(
	options: RasterOptions,
	visible: Visible,
	at: number,
	t: number,
	depth: number,
	wa: number,
	wb: number,
): void {
	if (options.shows?.(t, wa, wb, 1 - wa - wb) === false) return;
	visible.depth[at] = depth;
	visible.triangle[at] = t;
}

/** Depth to what is linear on the screen, and back. */
function depthTerm(depth: number, isPerspective: boolean): number {
	return isPerspective ? 1 / depth : depth;
}

function num(array: Float32Array | Uint32Array, at: number): number {
	return array[at] ?? 0;
}
