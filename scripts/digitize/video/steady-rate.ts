/** Faster films are halved; slow motion is not what a museum shows. */
const MAX_RATE = 60.5;
const FALLBACK_RATE = 25;
/** What a film whose rate changes and says nothing usable is raised to. */
const USUAL_RATES: readonly number[] = [24, 25, 30, 50, 60];
/** A mean rate may be this much off, since a film ends somewhere within a frame. */
const TOLERANCE = 0.5;

/** A rate of frames that does not change, as players need it. */
export interface SteadyRate {
	/** As ffmpeg writes it: `30000/1001`. */
	rate: string;
	framesPerS: number;
}

/**
 * The rate a film is brought to, of those it states as ffprobe tells them, the preferred first; rates
 * above 60 are halved. Of a changing one (phones in the dark, screen recordings) this should be the grid
 * that all its frames fall on, so that none is dropped where much moves; repeated frames cost next to
 * nothing. Rejected: its mean, which judders: a film of 60 and 12 frames a second came out at 35.
 */
export function steadyRate(stated: (string | undefined)[]): SteadyRate {
	const rates = stated.map(parse).filter((rate) => rate !== undefined);
	const steady = rates.find(({ down, framesPerS }) => isPlain(down) && framesPerS <= MAX_RATE);
	if (steady !== undefined) return said(steady.up, steady.down);
	const mean = rates.find(({ framesPerS }) => framesPerS <= MAX_RATE);
	if (mean !== undefined) {
		const usual = USUAL_RATES.find((rate) => rate + TOLERANCE >= mean.framesPerS);
		return said(usual ?? Math.round(mean.framesPerS), 1);
	}
	const [fast] = rates;
	if (fast === undefined) return said(FALLBACK_RATE, 1);
	return said(fast.up, fast.down * Math.ceil(fast.framesPerS / MAX_RATE));
}

interface Fraction {
	up: number;
	down: number;
	framesPerS: number;
}

/** A rate ffprobe states; undefined for those that are none, as of a single picture. */
function parse(text = ''): Fraction | undefined {
	const [up = 0, down = 1] = text.split('/').map(Number);
	const framesPerS = up / down;
	const isRate = Number.isFinite(framesPerS) && framesPerS >= 1 && framesPerS <= 1000;
	return isRate ? { up, down, framesPerS } : undefined;
}

/** A mean of changing rates is a number like 24897/1000. */
function isPlain(down: number): boolean {
	return down === 1 || down === 1001;
}

function said(up: number, down: number): SteadyRate {
	return { rate: `${up}/${down}`, framesPerS: Math.round((up / down) * 1000) / 1000 };
}
