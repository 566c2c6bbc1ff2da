import sharp, { type Sharp } from 'sharp';
import { type Sphere, sampleSphere } from './sphere.ts';

const MAX_WIDTH_PX = 1600;
const ASPECT = 5 / 8;
/** Half of 90° from left to right: wide enough for a room, narrow enough to keep its lines calm. */
const HALF_WIDTH = Math.tan(Math.PI / 4);

/**
 * The panorama as a camera sees it that looks at its middle, 90° wide: what the face `nz` sees. Drawn at the panorama's own
 * resolution, at most twice the poster's, for the poster to be made smaller from.
 */
export function drawView(sphere: Sphere): Sharp {
	const width = Math.min(2 * MAX_WIDTH_PX, Math.ceil(sphere.widthPx / Math.PI));
	const height = Math.round(width * ASPECT);
	const pixels = new Uint8Array(width * height * 3);
	for (let row = 0; row < height; row += 1) {
		const y = (1 - ((row + 0.5) / height) * 2) * HALF_WIDTH * (height / width);
		for (let column = 0; column < width; column += 1) {
			const x = (((column + 0.5) / width) * 2 - 1) * HALF_WIDTH;
			sampleSphere(sphere, x, y, -1, pixels, (row * width + column) * 3);
		}
	}
	return sharp(pixels, { raw: { width, height, channels: 3 } });
}
