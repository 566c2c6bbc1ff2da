import type { UpgradeStep } from '../value/stored-document.ts';

/** Format 2 names the museum's media, and may say what a visit needs to know. */
const toFormat2: UpgradeStep = (document) => ({
	...document,
	format: 'xishan-museum/2',
	media: [],
});

export const MUSEUM_UPGRADES: readonly UpgradeStep[] = [toFormat2];
