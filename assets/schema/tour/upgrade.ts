import { objectsOf, type UpgradeStep } from '../value/stored-document.ts';

/** Format 2 names the tour's media and, at each stop, those that play there. */
const toFormat2: UpgradeStep = (document) => ({
	...document,
	format: 'xishan-tour/2',
	stops: objectsOf(document, 'stops').map((stop) => ({ ...stop, media: [] })),
	media: [],
});

export const TOUR_UPGRADES: readonly UpgradeStep[] = [toFormat2];
