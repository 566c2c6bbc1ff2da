import type { MediaStream } from '../media/probe-media.ts';

/** Shorter sides of the ladder, and the bits a second each may take at most. */
const RUNGS = [
	{ sidePx: 360, maxKbps: 900 },
	{ sidePx: 720, maxKbps: 3000 },
	{ sidePx: 1080, maxKbps: 6000 },
] as const;
const HIGHEST = 1080;
/** The source's own size is a rung where it is this much finer than the rung below. */
const WORTHWHILE = 1.2;
/** Faster films are halved; slow motion is not what a museum shows. */
const MAX_RATE = 60.5;
const FALLBACK_RATE = 25;
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

/** PQ and HLG light brought to an ordinary screen's: 100 cd/m² diffuse white, highlights rolled off. */
const TONE_MAP = [
	'zscale=t=linear:npl=100',
	'format=gbrpf32le',
	'zscale=p=bt709',
	'tonemap=hable:desat=0',
	'zscale=t=bt709:m=bt709:r=tv',
];

/** Decides what is made of a film's picture. Undefined when the stream has no usable size. */
export function planFilm(picture: MediaStream): FilmPlan | undefined {
	const size = seenSize(picture);
	if (size === undefined) return undefined;
	const isInterlaced = /^(?:tt|bb|tb|bt)$/.test(picture.field_order ?? '');
	const isHdr = /^(?:smpte2084|arib-std-b67)$/.test(picture.color_transfer ?? '');
	const { rate, framesPerS } = steadyRate(picture);
	const deinterlace = isInterlaced ? ['bwdif=mode=send_frame'] : [];
	return {
		...size,
		rate,
		framesPerS,
		rungs: rungsFor(size.widthPx, size.heightPx),
		isInterlaced,
		isHdr,
		isTurned: quarterTurns(picture) !== 0,
		filters: [...deinterlace, `fps=${rate}`, ...(isHdr ? TONE_MAP : []), 'format=yuv420p'],
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

/** The mean rate, which for a steady film is its rate; players need one that does not change. */
function steadyRate(picture: MediaStream): { rate: string; framesPerS: number } {
	for (const rate of [picture.avg_frame_rate, picture.r_frame_rate]) {
		const [up = 0, down = 1] = (rate ?? '').split('/').map(Number);
		const framesPerS = up / down;
		if (!Number.isFinite(framesPerS) || framesPerS < 1 || framesPerS > 1000) continue;
		const slower = Math.ceil(framesPerS / MAX_RATE);
		// A mean of changing rates is a number like 24897/1000: whole frames a second serve it better.
		const isOdd = down !== 1 && down !== 1001;
		const steady = isOdd ? Math.round(framesPerS / slower) : framesPerS / slower;
		const text = isOdd ? String(steady) : `${up}/${down * slower}`;
		return { rate: text, framesPerS: Math.round(steady * 1000) / 1000 };
	}
	return { rate: String(FALLBACK_RATE), framesPerS: FALLBACK_RATE };
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
