/** Where rectangles lie on a sheet. */
export interface Sheet {
	widthPx: number;
	heightPx: number;
	/** Two numbers a rectangle: the left and the top, in pixels. */
	corners: Float64Array;
	/** Two numbers a rectangle: width and height, as they were given. */
	sizes: Float64Array;
}

/**
 * Lays rectangles (two whole numbers each: width and height) on a sheet about as wide as high, in
 * shelves from the tallest to the flattest: wastes a tenth of the sheet for charts of scans.
 * Equal rectangles keep their order, so that equal input gives an equal sheet.
 */
export function packRectangles(sizes: Float64Array): Sheet {
	const count = sizes.length / 2;
	const order = Array.from({ length: count }, (_, i) => i).sort(
		(a, b) => (sizes[b * 2 + 1] ?? 0) - (sizes[a * 2 + 1] ?? 0) || a - b,
	);
	let area = 0;
	let widest = 0;
	for (let i = 0; i < count; i += 1) {
		area += (sizes[i * 2] ?? 0) * (sizes[i * 2 + 1] ?? 0);
		widest = Math.max(widest, sizes[i * 2] ?? 0);
	}
	const widthPx = Math.max(Math.ceil(Math.sqrt(area * 1.05)), widest, 1);
	const corners = new Float64Array(count * 2);
	let [x, y, shelf] = [0, 0, 0];
	for (const i of order) {
		const [width, height] = [sizes[i * 2] ?? 0, sizes[i * 2 + 1] ?? 0];
		if (x + width > widthPx) [x, y, shelf] = [0, y + shelf, 0];
		corners[i * 2] = x;
		corners[i * 2 + 1] = y;
		x += width;
		shelf = Math.max(shelf, height);
	}
	return { widthPx, heightPx: Math.max(y + shelf, 1), corners, sizes };
}
