import type { FilmPlan } from './plan-film.ts';

/** What is at most added to the shorter of picture and sound, seconds: headers may promise years. */
const MAX_ADDED_S = 600;
/** Ends that are nearer than this are one, seconds: containers round by a frame. */
const TOGETHER_S = 0.25;

/** The sound of a film on its way: how its level is changed, and where it ends. */
export interface FilmSound {
	filter: string;
	/** Seconds from the film's start; `pictureEndS` 0 where nobody knows. */
	endS: number;
	pictureEndS: number;
}

/** How long the last frame must stand until the sound has ended, seconds. */
export function heldS({ endS, pictureEndS }: FilmSound): number {
	const lackingS = pictureEndS > 0 ? endS - pictureEndS : 0;
	return lackingS > TOGETHER_S ? Math.min(lackingS, MAX_ADDED_S) : 0;
}

/**
 * ffmpeg's graph of filters from a film to its renditions `[v0]`, `[v1]` … and `[sound]`. Both begin
 * and end together: a shorter picture stands still, a shorter sound is followed, a later one preceded by
 * silence, holes in it are filled. Players take the picture's length for the film's, and cut the rest.
 */
export function filmGraph(plan: FilmPlan, sound: FilmSound | undefined): string {
	const splits = plan.rungs.map((_, i) => `[s${i}]`).join('');
	const scaled = plan.rungs.map(
		({ widthPx, heightPx }, i) =>
			`[s${i}]scale=${widthPx}:${heightPx}:flags=lanczos+bitexact+accurate_rnd,setsar=1[v${i}]`,
	);
	const standing = sound === undefined ? 0 : heldS(sound);
	const hold = standing > 0 ? [`tpad=stop_mode=clone:stop_duration=${standing.toFixed(3)}`] : [];
	const filters = [...plan.filters, ...hold, `split=${plan.rungs.length}${splits}`];
	return [`[0:${plan.index}]${filters.join(',')}`, ...scaled, ...heard(sound)].join(';');
}

function heard(sound: FilmSound | undefined): string[] {
	if (sound === undefined) return [];
	const { filter, endS, pictureEndS } = sound;
	const endsAtS = Math.min(Math.max(endS, pictureEndS), endS + MAX_ADDED_S);
	const whole = `aresample=async=1:first_pts=0,apad=whole_dur=${endsAtS.toFixed(3)}`;
	return [`[0:a:0]${filter},${whole}[sound]`];
}
