import sharp from 'sharp';
import type { Vec3 } from './mesh.ts';
import type { Relief } from './relief.ts';

/** A painted picture in memory: sRGB 0..255 (not rounded), row 0 on top. */
export interface Picture {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly rgb: Float32Array;
}

/** Draws an SVG of exactly that many pixels on black. */
export async function drawSvg(svg: string, widthPx: number, heightPx: number): Promise<Picture> {
	const data = await sharp(Buffer.from(svg))
		.resize(widthPx, heightPx, { fit: 'fill' })
		.flatten({ background: '#000' })
		.toColourspace('srgb')
		.raw()
		.toBuffer();
	return { widthPx, heightPx, rgb: Float32Array.from(data) };
}

/** A copy with every pixel seen through `change(colour 0..1, x, y)`; x, y 0..1 from the top left. */
export function repaint(
	picture: Picture,
	change: (color: Vec3, x: number, y: number) => Vec3,
): Picture {
	const rgb = new Float32Array(picture.rgb.length);
	for (let i = 0; i < rgb.length / 3; i++) {
		const x = ((i % picture.widthPx) + 0.5) / picture.widthPx;
		const y = (Math.floor(i / picture.widthPx) + 0.5) / picture.heightPx;
		const from: Vec3 = [
			(picture.rgb[i * 3] ?? 0) / 255,
			(picture.rgb[i * 3 + 1] ?? 0) / 255,
			(picture.rgb[i * 3 + 2] ?? 0) / 255,
		];
		const to = change(from, x, y);
		for (let c = 0; c < 3; c++) rgb[i * 3 + c] = (to[c] ?? 0) * 255;
	}
	return { ...picture, rgb };
}

/** A picture painted pixel by pixel; x, y 0..1 from the top left, colours sRGB 0..1. */
export function paintPicture(
	widthPx: number,
	heightPx: number,
	color: (x: number, y: number) => Vec3,
): Picture {
	const rgb = new Float32Array(widthPx * heightPx * 3);
	return repaint({ widthPx, heightPx, rgb }, (_, x, y) => color(x, y));
}

/** The same heights as a tangent-space normal picture (+Y up); `strength` 1 is true to scale. */
export function normalPicture(r: Relief, strength = 1): Picture {
	const at = (k: number, j: number) =>
		r.data[
			Math.min(r.rows - 1, Math.max(0, j)) * r.columns + Math.min(r.columns - 1, Math.max(0, k))
		] ?? 0;
	const cellM = r.widthM / r.columns;
	return paintPicture(r.columns, r.rows, (x, y) => {
		const [k, j] = [Math.floor(x * r.columns), Math.floor(y * r.rows)];
		const dx = ((at(k + 1, j) - at(k - 1, j)) / (2 * cellM)) * strength;
		const dy = ((at(k, j - 1) - at(k, j + 1)) / (2 * cellM)) * strength;
		const length = Math.hypot(dx, dy, 1);
		return [0.5 - dx / length / 2, 0.5 - dy / length / 2, 0.5 + 0.5 / length];
	});
}

/** The picture as PNG bytes. */
export async function png(picture: Picture): Promise<Uint8Array> {
	const raw = Uint8Array.from(picture.rgb, (x) => Math.min(255, Math.max(0, Math.round(x))));
	const { widthPx: width, heightPx: height } = picture;
	return sharp(raw, { raw: { width, height, channels: 3 } })
		.png({ compressionLevel: 3 })
		.toBuffer();
}

/** Brightness 0..1 of the pixel under x, y (0..1 from the top left). */
export function brightness(picture: Picture, x: number, y: number): number {
	const k = Math.min(picture.widthPx - 1, Math.max(0, Math.floor(x * picture.widthPx)));
	const j = Math.min(picture.heightPx - 1, Math.max(0, Math.floor(y * picture.heightPx)));
	return (picture.rgb[(j * picture.widthPx + k) * 3] ?? 0) / 255;
}
