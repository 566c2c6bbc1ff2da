import type { Profile, SpatialManifest, Tier } from '#schema/asset/asset-manifest';

/** What a class of machines shows of a piece at most: its finest tier, and how far off a surface may be, in pixels. */
export interface TierProfile {
	finest: Tier;
	errorPx: number;
}

/** For manifests that say nothing, from before the pipeline wrote profiles; the same numbers as its budgets. */
const DEFAULTS: Readonly<Record<Profile, TierProfile>> = {
	headset: { finest: 'mid', errorPx: 12 },
	phone: { finest: 'mid', errorPx: 8 },
	desktop: { finest: 'high', errorPx: 4 },
	kiosk: { finest: 'high', errorPx: 1 },
};

/** What a manifest asks of a class of machines. */
export function tierProfile(
	manifest: Pick<SpatialManifest, 'profiles'>,
	profile: Profile,
): TierProfile {
	const asked = manifest.profiles?.[profile];
	return asked ? { finest: asked.tier, errorPx: asked.errorTargetPx } : DEFAULTS[profile];
}

/** Shorter sides of screens under this many CSS pixels are held in a hand. */
const HAND_SIDE_PX = 600;

/** The class of the machine that runs this page: a small screen under a finger is a phone. */
export function deviceProfile(screen: {
	widthPx: number;
	heightPx: number;
	isTouched: boolean;
}): Profile {
	const isSmall = Math.min(screen.widthPx, screen.heightPx) < HAND_SIDE_PX;
	return screen.isTouched && isSmall ? 'phone' : 'desktop';
}

/** Reads it from the browser. */
export function ownProfile(): Profile {
	const { width: widthPx, height: heightPx } = screen;
	return deviceProfile({ widthPx, heightPx, isTouched: matchMedia('(pointer: coarse)').matches });
}
