import type { Profile } from '#schema/asset/asset-manifest';

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
