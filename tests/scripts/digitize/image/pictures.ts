import sharp, { type Sharp } from 'sharp';

export const WIDTH = 1300;
export const HEIGHT = 900;

/** A soft picture whose every place has a colour of its own, so that misplaced tiles show. */
function aPicture(width: number, height: number): Buffer {
	const data = Buffer.alloc(width * height * 3);
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const at = (y * width + x) * 3;
			data[at] = 40 + (x / width) * 170;
			data[at + 1] = 40 + (y / height) * 170;
			data[at + 2] = 128 + 60 * Math.sin(x / 60) * Math.cos(y / 45);
		}
	}
	return data;
}

/** The same, to be written in any format. */
export function raw(width = WIDTH, height = HEIGHT): Sharp {
	return sharp(aPicture(width, height), { raw: { width, height, channels: 3 } });
}

/** What an IIIF info.json says. */
export interface Info {
	id: string;
	width: number;
	height: number;
	maxWidth?: number;
	sizes: { width: number; height: number }[];
	tiles: { width: number; scaleFactors: number[] }[];
}

/** Every tile that a client may ask for, IIIF Image API 3.0 §4.7: region and size by scale factor. */
export function tilesOf({ width, height, tiles }: Info) {
	const [{ width: side = 0, scaleFactors = [] } = {}] = tiles;
	return scaleFactors.flatMap((factor) => {
		const span = side * factor;
		const found = [];
		for (let y = 0; y < height; y += span) {
			for (let x = 0; x < width; x += span) {
				const [w, h] = [Math.min(span, width - x), Math.min(span, height - y)];
				const size = { width: Math.ceil(w / factor), height: Math.ceil(h / factor) };
				const region = w === width && h === height ? 'full' : `${x},${y},${w},${h}`;
				const path = `${region}/${size.width},${size.height}/0/default.jpg`;
				found.push({ factor, left: x / factor, top: y / factor, ...size, path });
			}
		}
		return found;
	});
}
