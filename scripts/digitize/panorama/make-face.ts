import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { FACE_FRAMES, type Face } from './cube.ts';
import { halve } from './halve.ts';
import { type Sphere, sampleSphere } from './sphere.ts';
import { readSphere, type SphereFile } from './sphere-file.ts';

export const FACE_TILE_PX = 512;

const QUALITY = 82;

/** What a worker is told: one face of a panorama on the disk. */
export interface FaceTask {
	sphere: SphereFile;
	face: Face;
	/** Sides of the levels, coarse to fine. */
	levels: number[];
	/** The folder that gets `<level>/<face>/<column>-<row>.webp`. */
	dir: string;
}

/** Draws one face of the cube, and its coarser levels from it, and writes them as tiles. */
export async function makeFace({ sphere, face, levels, dir }: FaceTask): Promise<void> {
	let sidePx = levels.at(-1) ?? 1;
	let pixels = drawFace(await readSphere(sphere, face), face, sidePx);
	for (let level = levels.length - 1; level >= 0; level -= 1) {
		await writeTiles(pixels, sidePx, join(dir, String(level), face));
		if (level === 0) return;
		pixels = halve(pixels, sidePx);
		sidePx = levels[level - 1] ?? 1;
	}
}

function drawFace(sphere: Sphere, face: Face, sidePx: number): Uint8Array {
	const pixels = new Uint8Array(sidePx * sidePx * 3);
	const { look, right, down } = FACE_FRAMES[face];
	for (let row = 0; row < sidePx; row += 1) {
		const v = ((row + 0.5) / sidePx) * 2 - 1;
		const [x, y, z] = [look[0] + v * down[0], look[1] + v * down[1], look[2] + v * down[2]];
		for (let column = 0; column < sidePx; column += 1) {
			const u = ((column + 0.5) / sidePx) * 2 - 1;
			const at = (row * sidePx + column) * 3;
			sampleSphere(sphere, x + u * right[0], y + u * right[1], z + u * right[2], pixels, at);
		}
	}
	return pixels;
}

async function writeTiles(pixels: Uint8Array, sidePx: number, dir: string): Promise<void> {
	await mkdir(dir, { recursive: true });
	const image = sharp(pixels, { raw: { width: sidePx, height: sidePx, channels: 3 } });
	const count = Math.ceil(sidePx / FACE_TILE_PX);
	for (let row = 0; row < count; row += 1) {
		for (let column = 0; column < count; column += 1) {
			const [left, top] = [column * FACE_TILE_PX, row * FACE_TILE_PX];
			const width = Math.min(FACE_TILE_PX, sidePx - left);
			const height = Math.min(FACE_TILE_PX, sidePx - top);
			const tile = image.clone().extract({ left, top, width, height });
			await tile.webp({ quality: QUALITY }).toFile(join(dir, `${column}-${row}.webp`));
		}
	}
}
