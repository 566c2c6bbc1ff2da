/** Which point is in front at every pixel (-1: none), and how far away it is. */
export interface VisiblePoints {
	sizePx: number;
	point: Int32Array;
	depth: Float32Array;
}

/** Discs on a square picture: N×3 screen x, y (pixels) and depth. */
export interface Discs {
	sizePx: number;
	screen: Float32Array;
	/** Radius in pixels of a point's disc at this depth. */
	radiusPx: (depth: number, point: number) => number;
	/** How far a disc's rim lies behind its middle, in the unit of depth: neighbours meet half-way. */
	bulge: (point: number) => number;
}

/**
 * Draws points as discs that face the eye, nearest wins; each bulges towards the eye, so that every
 * pixel goes to the point whose middle is nearest. Source: Rusinkiewicz and Levoy 2000 (QSplat).
 */
export function drawDiscs(discs: Discs): VisiblePoints {
	const { sizePx, screen } = discs;
	const visible: VisiblePoints = {
		sizePx,
		point: new Int32Array(sizePx * sizePx).fill(-1),
		depth: new Float32Array(sizePx * sizePx).fill(Infinity),
	};
	for (let i = 0; i < screen.length / 3; i += 1) drawDisc(discs, i, visible);
	return visible;
}

function drawDisc(
	{ sizePx, screen, radiusPx, bulge }: Discs,
	i: number,
	visible: VisiblePoints,
): void {
	const cx = screen[i * 3] ?? 0;
	const cy = screen[i * 3 + 1] ?? 0;
	const middle = screen[i * 3 + 2] ?? 0;
	const radius = radiusPx(middle, i);
	const rim = bulge(i);
	const square = radius * radius;
	const x0 = Math.max(Math.ceil(cx - radius - 0.5), 0);
	const x1 = Math.min(Math.floor(cx + radius - 0.5), sizePx - 1);
	const y1 = Math.min(Math.floor(cy + radius - 0.5), sizePx - 1);
	for (let y = Math.max(Math.ceil(cy - radius - 0.5), 0); y <= y1; y += 1) {
		const dy = y + 0.5 - cy;
		for (let x = x0; x <= x1; x += 1) {
			const dx = x + 0.5 - cx;
			const away = dx * dx + dy * dy;
			const at = y * sizePx + x;
			const here = middle + (away / square) * rim;
			if (away > square || here >= (visible.depth[at] ?? 0)) continue;
			visible.depth[at] = here;
			visible.point[at] = i;
		}
	}
}
