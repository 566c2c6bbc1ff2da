import { TIERS, type Tier, type TierFile } from '#schema/asset/asset-manifest';
import type { TierLimits } from '../stage/device-budget.ts';
import type { TierProfile } from './tier-profile.ts';

/** How large a piece stands on the screen, and what the machine's profile asks of it. */
export interface PieceView extends TierProfile {
	/** Screen pixels that one metre at the piece's near side covers. */
	pxPerM: number;
	/** Diagonal of the piece's bounds, metres. */
	diagonalM: number;
}

/** A triangle side, in pixels, below which shading and vertex colours look continuous. */
const TRIANGLE_SIDE_PX = 3;
/** A texel, in pixels, that still looks sharp. */
const TEXEL_PX = 2;

/**
 * True when a tier shows no fault at this size. Geometric error alone would stop at a thumb whose
 * silhouette is right and whose carving is smooth, so triangle and texel sizes count too: half of a
 * piece's triangles face us and fill about its diagonal squared; an atlas is about half used.
 */
export function isSharpEnough(tier: TierFile, view: PieceView): boolean {
	const sizePx = view.diagonalM * view.pxPerM;
	const surfacePx = tier.errorM * view.pxPerM;
	const sidePx = sizePx / Math.sqrt(Math.max(tier.triangles, 2) / 2);
	const texelPx = tier.texturePx === 0 ? 0 : (2 * sizePx) / tier.texturePx;
	return surfacePx <= view.errorPx && sidePx <= TRIANGLE_SIDE_PX && texelPx <= TEXEL_PX;
}

/** Whether a tier is no finer than the view's profile takes. */
export function isWithinProfile({ tier }: TierFile, { finest }: TierProfile): boolean {
	return TIERS.indexOf(tier) <= TIERS.indexOf(finest);
}

/**
 * The tier a view deserves: the coarsest that is sharp enough, else the finest that fits. Tiers in
 * `blocked` (failed lately) are passed over. When nothing fits the limits the coarsest is taken all
 * the same: a piece is never left out to save memory. `tiers` run coarse to fine.
 */
export function chooseTier(
	tiers: readonly TierFile[],
	view: PieceView,
	limits: TierLimits,
	blocked: ReadonlySet<Tier>,
): TierFile | undefined {
	const usable = tiers.filter((tier) => !blocked.has(tier.tier));
	const fitting = usable.filter(
		(tier) =>
			tier.gpuBytes <= limits.gpuBytes &&
			tier.triangles <= limits.triangles &&
			isWithinProfile(tier, view),
	);
	return fitting.find((tier) => isSharpEnough(tier, view)) ?? fitting.at(-1) ?? usable[0];
}

/** A stop on the way must cost at most this share of the bytes it bridges. */
const STEP_SHARE = 1 / 8;

/**
 * What to fetch next on the way from `shown` to `wanted`: the coarsest tier first, then straight to
 * the wanted one unless a much smaller one in between gives something to look at meanwhile.
 */
export function nextStep(
	tiers: readonly TierFile[],
	shown: Tier | undefined,
	wanted: TierFile,
	blocked: ReadonlySet<Tier>,
): TierFile {
	const from = tiers.findIndex((tier) => tier.tier === shown);
	const to = tiers.indexOf(wanted);
	const between = tiers.slice(from + 1, Math.max(to, 0)).filter((tier) => !blocked.has(tier.tier));
	if (from < 0) return between[0] ?? wanted;
	return between.findLast((tier) => tier.bytes <= wanted.bytes * STEP_SHARE) ?? wanted;
}
