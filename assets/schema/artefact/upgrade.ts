import type { UpgradeStep } from '../value/stored-document.ts';

/** Format 2 names articles, stories and media; the scan that every artefact had is the medium `model`. */
const toFormat2: UpgradeStep = (document) => ({
	...document,
	format: 'xishan-artefact/2',
	media: [{ id: 'model', role: 'model', asset: 'latest', isDecorative: false }],
	articles: [],
	stories: [],
});

export const ARTEFACT_UPGRADES: readonly UpgradeStep[] = [toFormat2];
