/** A visitor's link. */
export interface LinkProfile {
	name: string;
	megabitsPerS: number;
	rttMs: number;
}

export const LINK_NAMES = ['wifi', '4g', 'slow4g'] as const;
export type LinkName = (typeof LINK_NAMES)[number];

/** The links of the notes on performance. */
export const LINK_PROFILES: Record<LinkName, LinkProfile> = {
	wifi: { name: 'Wi-Fi', megabitsPerS: 30, rttMs: 10 },
	'4g': { name: '4G', megabitsPerS: 9, rttMs: 170 },
	slow4g: { name: 'slow 4G', megabitsPerS: 1.6, rttMs: 150 },
};
