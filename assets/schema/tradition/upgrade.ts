import type { UpgradeStep } from '../value/stored-document.ts';

/** Format 2 names articles, stories and media. */
const toFormat2: UpgradeStep = (document) => ({
	...document,
	format: 'xishan-tradition/2',
	media: [],
	articles: [],
	stories: [],
});

export const TRADITION_UPGRADES: readonly UpgradeStep[] = [toFormat2];
