import { type PlateRun, titledRuns } from '../../engine/room/plate-canvas.ts';
import type { RoomPiece } from '../../engine/room/room-piece.ts';
import type { SignOptions } from './sign.ts';

/** What a headset's panel says about a piece. */
export interface PanelWords {
	title: string;
	other: string | undefined;
	note: string;
	body: string;
}

/** Every word a headset shows, in the visitor's language. */
export interface XrWords {
	piece: (piece: RoomPiece) => PanelWords;
	close: string;
	leave: string;
	seated: string;
	standing: string;
	next: string;
	previous: string;
	placeHint: string;
	/** 「1:1 · 38 cm」 from a size in words. */
	trueScale: (size: string) => string;
}

const PLATE = { ground: '#1d1a14f2', ink: '#efe9dc', faint: '#b9ae9a' };
const BUTTON = '#e0a526';

/** A length as a visitor says it. */
export function sizeWords(lengthM: number): string {
	if (lengthM >= 1) return `${lengthM.toFixed(2)} m`;
	return lengthM >= 0.1 ? `${Math.round(lengthM * 100)} cm` : `${(lengthM * 100).toFixed(1)} cm`;
}

/** The panel about one piece. */
export function panelSign(words: PanelWords): SignOptions {
	const note: PlateRun[] =
		words.note === ''
			? []
			: [
					{
						text: words.note,
						face: 'sans',
						sizePx: 26,
						color: PLATE.faint,
						spaceBeforePx: 8,
						maxLines: 2,
					},
				];
	const [title, ...rest] = titledRuns({ ...words, body: undefined }, PLATE, 1.3);
	const body = titledRuns({ title: '', body: words.body }, PLATE, 1.25);
	const runs = [...(title === undefined ? [] : [title]), ...rest, ...note, ...body];
	return { runs, widthM: 0.78, pxPerM: 1000, ground: PLATE.ground };
}

function shortSign(text: string, ground: string, color: string, widthM: number): SignOptions {
	const run: PlateRun = {
		text,
		face: 'sans',
		sizePx: 42,
		color,
		spaceBeforePx: 0,
		maxLines: 2,
	};
	return { runs: [run], widthM, pxPerM: 1000, ground, isCentred: true };
}

/** A button with one word or two. */
export const buttonSign = (text: string): SignOptions => shortSign(text, BUTTON, '#14130f', 0.24);

/** A badge that only says something. */
export const badgeSign = (text: string, widthM = 0.36): SignOptions =>
	shortSign(text, PLATE.ground, PLATE.ink, widthM);
