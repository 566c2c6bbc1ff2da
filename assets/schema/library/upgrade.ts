import type { UpgradeStep } from '../value/stored-document.ts';

/** Format 2 names the record's media. */
const toFormat2: UpgradeStep = (document) => ({
	...document,
	format: 'xishan-library/2',
	media: [],
});

export const LIBRARY_UPGRADES: readonly UpgradeStep[] = [toFormat2];
