import type { Tier } from '#schema/asset/asset-manifest';

/** What a tier may hold. `normalBits`: precision of a shading normal, in bits a component. */
export interface TierBudget {
	tier: Tier;
	triangles: number;
	texturePx: number;
	/** Quality of WebP, 0 to 100. */
	quality: number;
	normalBits: 8 | 12;
}

/** The ladder 画质档, coarse to fine (performance notes §7). */
export const LADDER: readonly TierBudget[] = [
	{ tier: 'thumb', triangles: 4_000, texturePx: 256, quality: 70, normalBits: 8 },
	{ tier: 'low', triangles: 25_000, texturePx: 1024, quality: 78, normalBits: 8 },
	{ tier: 'mid', triangles: 150_000, texturePx: 2048, quality: 80, normalBits: 8 },
	{ tier: 'high', triangles: 500_000, texturePx: 4096, quality: 82, normalBits: 8 },
];

/** The first tier must be this small, in bytes, whatever the scan. */
export const THUMB_BYTES = 60_000;

/** A tier has at most this share of the next one's triangles; closer steps are not worth a download. */
const STEP = 0.6;

/**
 * Which tiers a scan gets, coarse to fine, with how many triangles to aim at. A tier that could show
 * neither more triangles nor larger textures than the one before is left out.
 */
export function planLadder(triangles: number, texturePx: number): TierBudget[] {
	const planned: TierBudget[] = [];
	let before = { triangles: 0, texturePx: 0 };
	for (const budget of LADDER) {
		const able = {
			triangles: Math.min(budget.triangles, triangles),
			texturePx: Math.min(budget.texturePx, texturePx),
		};
		if (able.triangles > before.triangles || able.texturePx > before.texturePx) {
			planned.push({ ...budget, triangles: able.triangles });
		}
		before = able;
	}
	for (let i = planned.length - 2; i >= 0; i -= 1) {
		const [finer, tier] = [planned[i + 1], planned[i]];
		if (finer === undefined || tier === undefined) continue;
		const isAll = tier.triangles === finer.triangles;
		if (!isAll) tier.triangles = Math.min(tier.triangles, Math.floor(finer.triangles * STEP));
	}
	return planned;
}
