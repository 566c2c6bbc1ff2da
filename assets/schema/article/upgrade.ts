import type { UpgradeStep } from '../value/stored-document.ts';

/** Empty: format 1 is the first and the present one. */
export const ARTICLE_UPGRADES: readonly UpgradeStep[] = [];
