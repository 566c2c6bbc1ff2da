import { CanvasTexture, RepeatWrapping, SRGBColorSpace, type Texture } from 'three';
import type { SurfacePattern } from './room-look.ts';

const SIZE_PX = 512;

/** A seeded stream of numbers from 0 to 1: the same room every time (mulberry32). */
function makeRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

type Pen = OffscreenCanvasRenderingContext2D;
type Random = () => number;

const hsl = (hue: number, saturation: number, lightness: number, alpha = 1) =>
	`hsl(${hue} ${saturation}% ${lightness}% / ${alpha})`;

/** Fine grain over the whole tile, so that nothing looks poured. */
function grain(pen: Pen, random: Random, strength: number): void {
	const picture = pen.getImageData(0, 0, SIZE_PX, SIZE_PX);
	for (let at = 0; at < picture.data.length; at += 4) {
		const shift = (random() - 0.5) * strength;
		for (let channel = 0; channel < 3; channel++) {
			picture.data[at + channel] = (picture.data[at + channel] ?? 0) + shift;
		}
	}
	pen.putImageData(picture, 0, 0);
}

/** Long boards with their own tone, fibres and a dark joint. */
function timber(
	pen: Pen,
	random: Random,
	hue: number,
	saturation: number,
	lightness: number,
): void {
	const boards = 16;
	const width = SIZE_PX / boards;
	for (let board = 0; board < boards; board++) {
		const tone = lightness + (random() - 0.5) * lightness * 0.28;
		pen.fillStyle = hsl(hue + random() * 5, saturation, tone);
		pen.fillRect(board * width, 0, width, SIZE_PX);
		for (let fibre = 0; fibre < 26; fibre++) {
			const x = board * width + random() * width;
			pen.strokeStyle = hsl(hue - 4, saturation, tone * (0.72 + random() * 0.4), 0.24);
			pen.lineWidth = 0.6 + random();
			pen.beginPath();
			pen.moveTo(x, 0);
			const sway = (random() - 0.5) * 7;
			pen.bezierCurveTo(x + sway, SIZE_PX * 0.3, x - sway, SIZE_PX * 0.7, x, SIZE_PX);
			pen.stroke();
		}
		pen.fillStyle = hsl(hue, saturation, lightness * 0.34, 0.8);
		pen.fillRect(board * width, 0, 1.4, SIZE_PX);
		pen.fillRect(board * width, Math.floor(random() * SIZE_PX), width, 1.4);
	}
	grain(pen, random, 7);
}

/** Trowelled plaster or paper: wide soft clouds. */
function plaster(pen: Pen, random: Random, base: string, cloud: string): void {
	pen.fillStyle = base;
	pen.fillRect(0, 0, SIZE_PX, SIZE_PX);
	pen.fillStyle = cloud;
	for (let stroke = 0; stroke < 90; stroke++) {
		const [x, y] = [random() * SIZE_PX, random() * SIZE_PX];
		const [across, along] = [30 + random() * 90, 8 + random() * 26];
		for (const [shiftX, shiftY] of [
			[0, 0],
			[SIZE_PX, 0],
			[0, SIZE_PX],
			[-SIZE_PX, 0],
			[0, -SIZE_PX],
		]) {
			pen.beginPath();
			pen.ellipse(x + (shiftX ?? 0), y + (shiftY ?? 0), across, along, random() * 0.4, 0, 7);
			pen.fill();
		}
	}
	grain(pen, random, 6);
}

/** Courses of bricks or slabs with mortar between, every other course set off by half. */
function courses(
	pen: Pen,
	random: Random,
	across: number,
	down: number,
	tone: (random: Random) => string,
): void {
	pen.fillStyle = hsl(32, 8, 19);
	pen.fillRect(0, 0, SIZE_PX, SIZE_PX);
	const [width, height] = [SIZE_PX / across, SIZE_PX / down];
	for (let row = 0; row < down; row++) {
		const shift = row % 2 === 0 ? 0 : width / 2;
		for (let column = 0; column <= across; column++) {
			pen.fillStyle = tone(random);
			const x = column * width - shift;
			pen.fillRect(x + 1.6, row * height + 1.6, width - 3.2, height - 3.2);
		}
	}
	grain(pen, random, 16);
}

const PAINTERS: Readonly<Record<SurfacePattern, (pen: Pen, random: Random) => void>> = {
	timber: (pen, random) => timber(pen, random, 29, 17, 25),
	'pale-timber': (pen, random) => timber(pen, random, 34, 24, 58),
	'ink-plaster': (pen, random) => plaster(pen, random, '#4a443b', 'rgb(38 34 28 / 5%)'),
	paper: (pen, random) => plaster(pen, random, '#e6dfd0', 'rgb(250 245 234 / 9%)'),
	paving: (pen, random) => courses(pen, random, 3, 4, (r) => hsl(36, 7, 27 + r() * 8)),
	brick: (pen, random) => courses(pen, random, 8, 24, (r) => hsl(210, 5, 27 + r() * 9)),
};

/** Paints a tile of `pattern`, the same every time. The caller disposes it. */
export function paintSurface(pattern: SurfacePattern): Texture {
	const canvas = new OffscreenCanvas(SIZE_PX, SIZE_PX);
	const pen = canvas.getContext('2d', { willReadFrequently: true });
	if (pen === null) throw new Error('paint surface: no 2D canvas — the browser refuses one');
	PAINTERS[pattern](pen, makeRandom(pattern.length * 7919));
	const texture = new CanvasTexture(canvas);
	texture.colorSpace = SRGBColorSpace;
	texture.wrapS = RepeatWrapping;
	texture.wrapT = RepeatWrapping;
	texture.anisotropy = 8;
	return texture;
}
