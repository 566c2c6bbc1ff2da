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
