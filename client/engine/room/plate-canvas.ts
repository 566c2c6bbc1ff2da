import { CanvasTexture, SRGBColorSpace, type Texture } from 'three';
import { breakLines } from './break-lines.ts';
import type { RoomLook } from './room-look.ts';

export const SERIF = '"Xishan Serif", "Noto Serif SC", serif';
export const SANS = '"Xishan Sans", "Noto Sans SC", sans-serif';

type Pen = OffscreenCanvasRenderingContext2D;

/** A run of text on a plate: its face, its size in pixels, its colour, the space above it. */
export interface PlateRun {
	text: string;
	face: 'serif' | 'sans';
	sizePx: number;
	color: string;
	spaceBeforePx: number;
	/** Later lines are left out, the last one ended with 「…」. */
	maxLines: number;
}

const LEADING = 1.5;

const fontOf = (run: PlateRun): string =>
	`${run.face === 'serif' ? 600 : 400} ${run.sizePx}px ${run.face === 'serif' ? SERIF : SANS}`;

/** Waits until the faces that hold these runs' characters are there; a face that fails is replaced by the system's. */
export async function loadFaces(runs: readonly PlateRun[]): Promise<void> {
	await Promise.allSettled(runs.map((run) => document.fonts.load(fontOf(run), run.text)));
}

/** Draws runs one below another into a box and answers the height they took, pixels. */
export function drawRuns(
	pen: Pen,
	runs: readonly PlateRun[],
	box: { x: number; y: number; width: number },
): number {
	let y = box.y;
	pen.textBaseline = 'alphabetic';
	for (const run of runs) {
		pen.font = fontOf(run);
		pen.fillStyle = run.color;
		y += run.spaceBeforePx;
		const all = breakLines(run.text, box.width, (text) => pen.measureText(text).width);
		const lines = all.slice(0, run.maxLines);
		if (all.length > lines.length) lines.push(`${lines.pop()?.slice(0, -1) ?? ''}…`);
		for (const line of lines) {
			pen.fillText(line, box.x, y + run.sizePx * 1.1);
			y += run.sizePx * LEADING;
		}
	}
	return y - box.y;
}

/** A canvas with its pen; throws where the browser refuses one. */
export function makePlateCanvas(widthPx: number, heightPx: number): [OffscreenCanvas, Pen] {
	const canvas = new OffscreenCanvas(widthPx, heightPx);
	const pen = canvas.getContext('2d');
	if (pen === null) throw new Error('draw plate: no 2D canvas — the browser refuses one');
	return [canvas, pen];
}

/** A canvas as a texture that stays sharp at a slant. The caller disposes it. */
export function plateTexture(canvas: OffscreenCanvas): Texture {
	const texture = new CanvasTexture(canvas);
	texture.colorSpace = SRGBColorSpace;
	texture.anisotropy = 8;
	return texture;
}

/** The runs of a text with a title: title, the same in the other language, then the body. */
export function titledRuns(
	text: { title: string; other?: string | undefined; body?: string | undefined },
	plate: RoomLook['plate'],
	scale: number,
): PlateRun[] {
	const run = (
		words: string | undefined,
		face: PlateRun['face'],
		size: number,
		color: string,
		maxLines: number,
	): PlateRun[] =>
		words === undefined || words === ''
			? []
			: [
					{
						text: words,
						face,
						sizePx: size * scale,
						color,
						spaceBeforePx: size * scale * 0.35,
						maxLines,
					},
				];
	return [
		...run(text.title, 'serif', 44, plate.ink, 2),
		...run(text.other, 'sans', 24, plate.faint, 2),
		...run(text.body, 'sans', 28, plate.ink, 12),
	];
}
