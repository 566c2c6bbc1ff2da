import type { TierFile } from '#schema/asset-manifest';
import type { DigitizeStage } from '#schema/digitize-event';
import type { Bounds } from '#schema/geometry';
import { blendMaterials, type Painted } from '../mesh/blend-materials.ts';
import { deviationM } from '../mesh/deviation.ts';
import { boundsOf } from '../mesh/inspect.ts';
import { type Material, type Mesh, type SourceTexture, TEXTURE_ROLES } from '../mesh/mesh.ts';
import { type Simplified, simplify } from '../mesh/simplify.ts';
import type { OutputFolder } from '../output-folder.ts';
import { writeTier } from '../write.ts';
import { buildThumb } from './build-thumb.ts';
import { type BuiltTier, buildTier } from './build-tier.ts';
import { planLadder, type TierBudget } from './ladder.ts';
import { validate } from './validate.ts';

export interface Ladder {
	/** Coarse to fine. */
	tiers: TierFile[];
	/** The box of the finest tier, in metres. */
	bounds: Bounds;
}

type Begin = (stage: DigitizeStage, progress: number) => Promise<void>;

/** Where the work of the ladder begins and ends, as shares of the whole. */
const FROM = 0.25;
const TO = 0.8;

/**
 * Builds, proves and writes every tier, the finest first: each is simplified from the one before,
 * which is faster than from the scan each time, and measured to be nearer to it.
 */
export async function buildLadder(
	scan: Mesh,
	materials: Material[],
	textures: SourceTexture[],
	folder: OutputFolder,
	begin: Begin,
): Promise<Ladder> {
	const largestPx = textures.reduce((px, t) => Math.max(px, t.widthPx, t.heightPx), 0);
	const plan = planLadder(scan.indices.length / 3, largestPx).toReversed();
	const tiers: TierFile[] = [];
	let painted: Painted = { mesh: scan, materials };
	let bounds: Bounds | undefined;
	let reportedM = 0;
	let errorM = 0;
	for (const [i, budget] of plan.entries()) {
		const at = (part: number) => FROM + ((TO - FROM) * (i + part)) / plan.length;
		await begin('simplify', at(0));
		const isWhole = painted.mesh.indices.length / 3 <= budget.triangles;
		if (!isWhole) painted = blendMaterials(painted, budget.triangles);
		const { built, simplified } = await build(painted, textures, budget, (stage, part) =>
			begin(stage, at(part)),
		);
		const { mesh } = simplified;
		if (budget.tier !== 'thumb') painted = { ...painted, mesh };
		bounds ??= boundsOf(mesh.positions);
		await begin('validate', at(0.7));
		await validate(budget.tier, built);
		reportedM = Math.max(reportedM, simplified.errorM);
		const isScan = built.triangles === scan.indices.length / 3;
		const measuredM = isScan ? 0 : Math.max(reportedM, deviationM(scan, simplified.mesh));
		errorM = Math.max(errorM, measuredM + built.roundingM);
		await begin('compress', at(0.9));
		tiers.unshift(await writeTier(folder, budget.tier, built, errorM));
	}
	if (bounds === undefined) throw new Error('ladder: no tier was planned — a bug in the plan');
	return { tiers, bounds };
}

async function build(
	{ mesh, materials }: Painted,
	textures: SourceTexture[],
	budget: TierBudget,
	begin: Begin,
): Promise<{ built: BuiltTier; simplified: Simplified }> {
	if (budget.tier === 'thumb') {
		await begin('texture', 0.2);
		return await buildThumb(mesh, materials, textures, budget);
	}
	const simplified = await simplify(mesh, budget.triangles);
	await begin('texture', 0.4);
	const { texturePx: px, quality, normalBits } = budget;
	const options = { px, quality, normalBits, roles: TEXTURE_ROLES };
	return { built: await buildTier(simplified.mesh, materials, textures, options), simplified };
}
