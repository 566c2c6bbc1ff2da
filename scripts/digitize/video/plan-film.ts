import type { MediaStream } from '../media/probe-media.ts';
import { filmColour } from './film-colour.ts';
import { steadyRate } from './steady-rate.ts';

/** Shorter sides of the ladder, and the bits a second each may take at most. */
const RUNGS = [
	{ sidePx: 360, maxKbps: 900 },
	{ sidePx: 720, maxKbps: 3000 },
	{ sidePx: 1080, maxKbps: 6000 },
] as const;
const HIGHEST = 1080;
/** The source's own size is a rung where it is this much finer than the rung below. */
const WORTHWHILE = 1.2;
const MIN_SIDE_PX = 16;

/** One step of the ladder, even numbers of square pixels. */
export interface Rung {
	widthPx: number;
	heightPx: number;
	maxKbps: number;
}

/** How a film becomes what every screen plays: upright, square pixels, progressive, steady, 8-bit BT.709. */
export interface FilmPlan {
	/** As it is seen: turned upright, with square pixels. */
	widthPx: number;
	heightPx: number;
	/** Which of the file's streams it is. */
	index: number;
	/** Steady rate of the result, as ffmpeg writes it: `30000/1001`. */
	rate: string;
	framesPerS: number;
	rungs: Rung[];
	isInterlaced: boolean;
	isHdr: boolean;
	isTurned: boolean;
	/** Filters before scaling, in ffmpeg's words. */
	filters: string[];
}

/** Decides what is made of a film's picture. Undefined when the stream has no usable size. */
export function planFilm(picture: MediaStream): FilmPlan | undefined {
	const size = seenSize(picture);
	if (size === undefined) return undefined;
	const isInterlaced = /^(?:tt|bb|tb|bt)$/.test(picture.field_order ?? '');
	const { avg_frame_rate: mean, r_frame_rate: grid } = picture;
	// Of interlaced films the grid may be that of fields.
	const { rate, framesPerS } = steadyRate(isInterlaced ? [mean, grid] : [grid, mean]);
	const { isHdr, filters } = filmColour(picture);
	const deinterlace = isInterlaced ? ['bwdif=mode=send_frame'] : [];
	return {
		...size,
		index: picture.index,
		rate,
		framesPerS,
		rungs: rungsFor(size.widthPx, size.heightPx),
		isInterlaced,
		isHdr,
		isTurned: quarterTurns(picture) !== 0,
		filters: [...deinterlace, `fps=${rate}`, ...filters],
	};
}

function seenSize(picture: MediaStream): { widthPx: number; heightPx: number } | undefined {
	const { width = 0, height = 0 } = picture;
	const [across = 1, down = 1] = (picture.sample_aspect_ratio ?? '').split(':').map(Number);
	const stretch = across > 0 && down > 0 ? across / down : 1;
	const stored = { widthPx: Math.round(width * stretch), heightPx: height };
	if (Math.min(stored.widthPx, stored.heightPx) < MIN_SIDE_PX) return undefined;
	if (quarterTurns(picture) % 2 === 0) return stored;
	return { widthPx: stored.heightPx, heightPx: stored.widthPx };
}

/** How far a phone was turned; ffmpeg turns the picture back by itself. */
function quarterTurns({ side_data_list: list, tags }: MediaStream): number {
	const said =
		list?.find((data) => data.rotation !== undefined)?.rotation ?? Number(tags?.rotate ?? 0);
	return Math.abs(Math.round(said / 90)) % 4;
}

function rungsFor(widthPx: number, heightPx: number): Rung[] {
	const side = Math.min(widthPx, heightPx);
	const sized = (px: number, maxKbps: number): Rung => ({
		widthPx: even((widthPx * px) / side),
		heightPx: even((heightPx * px) / side),
		maxKbps,
	});
	const rungs = RUNGS.filter((rung) => rung.sidePx <= side).map((r) => sized(r.sidePx, r.maxKbps));
	const top = RUNGS.filter((rung) => rung.sidePx <= side).at(-1)?.sidePx ?? 0;
	if (side >= HIGHEST || side < top * WORTHWHILE) return rungs;
	const above = RUNGS.find((rung) => rung.sidePx > side) ?? RUNGS[2];
	return [...rungs, sized(side, Math.round(above.maxKbps * (side / above.sidePx) ** 2))];
}

function even(px: number): number {
	return Math.max(2, Math.round(px / 2) * 2);
}
