import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import type { Bounds } from '#schema/value/geometry';
import { THUMB_BYTES } from '../ladder/ladder.ts';
import { boundsOf } from '../mesh/inspect.ts';
import { assertValidGlb } from './assert-valid-glb.ts';
import {
	densityCells,
	measureDensity,
	type PointDensity,
	thinningErrorM,
} from './measure-points.ts';
import type { PlacedPoints } from './place-points.ts';
import { type PointsGlb, pointsGlb } from './points-glb.ts';
import { type PaintedPoints, selectPoints } from './select-points.ts';
import { type ThinPoints, thinPoints } from './thin-points.ts';

const brotli = promisify(brotliCompress);
const BROTLI_QUALITY = 9;
/** A brotli form is kept when it saves at least this share. */
const WORTHWHILE = 0.05;

const THUMB_POINTS = 8_000;
/** Points of each tier, fine to coarse, and for clouds of more than how many it is made. */
const BUDGETS: readonly { tier: Tier; points: number; above: number }[] = [
	{ tier: 'mid', points: 500_000, above: 100_000 },
	{ tier: 'low', points: 100_000, above: 4_000 },
	{ tier: 'thumb', points: THUMB_POINTS, above: 0 },
];
/** What is given up until the first tier is small enough. */
const THUMB_SHARES = [1, 0.75, 0.5];

/** Above this many points a cloud is streamed in tiles as well. */
export const TILED_POINTS = 500_000;

export interface PointsLadder {
	/** Coarse to fine. */
	tiers: TierFile[];
	density: PointDensity;
}

/**
 * Writes the tiers of a cloud as GLBs of points into `dir`, the finest first, each thinned from the one
 * before; `errorM` is measured against the whole scan and includes rounding.
 */
export async function buildPointsLadder(
	scan: Pick<PlacedPoints, 'positions' | 'colours' | 'bounds'>,
	dir: string,
	onTier: (share: number) => Promise<void>,
): Promise<PointsLadder> {
	await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
	const count = scan.positions.length / 3;
	const finest = BUDGETS[0]?.points ?? count;
	const coarse = thinPoints(scan.positions, scan.bounds, densityCells(count, finest));
	const density = measureDensity(count, coarse);
	const tiers: TierFile[] = [];
	let from: PaintedPoints = { positions: scan.positions, colours: scan.colours };
	let errorM = 0;
	for (const [i, budget] of BUDGETS.entries()) {
		if (count <= budget.above) continue;
		await onTier(i / BUDGETS.length);
		const known =
			i === 0 && coarse.kept.length > 0 && count > budget.points * 16 ? coarse : undefined;
		const { built, set, thin } = await buildTier(
			from,
			scan.bounds,
			budget,
			density.spacingM,
			known,
		);
		const measured = thinningErrorM(scan.positions, set.positions, scan.bounds, thin.cellM);
		errorM = Math.max(errorM, measured + built.roundingM);
		tiers.unshift(await writePointsTier(dir, budget.tier, built, set.positions.length / 3, errorM));
		from = set;
	}
	return { tiers, density };
}

async function buildTier(
	from: PaintedPoints,
	bounds: Bounds,
	{ tier, points }: { tier: Tier; points: number },
	spacingM: number,
	known: ThinPoints | undefined,
): Promise<{ built: PointsGlb; set: PaintedPoints; thin: ThinPoints }> {
	for (const share of tier === 'thumb' ? THUMB_SHARES : [1]) {
		const thin = known ?? thinPoints(from.positions, bounds, Math.round(points * share));
		const set = selectPoints(from, thin.kept);
		const pointSizeM = Math.max(thin.cellM, spacingM);
		const detailM = tier === 'thumb' ? pointSizeM : spacingM;
		const built = pointsGlb({ ...set, detailM, pointSizeM });
		if (tier === 'thumb' && built.glb.length > THUMB_BYTES) continue;
		await assertValidGlb(tier, built);
		return { built, set, thin };
	}
	throw new Error('points: the smallest thumb is over its budget — a bug in the writer');
}

/** Writes only the first tier of points, for what is no cloud but should show something soon. */
export async function buildThumbTier(points: PaintedPoints, dir: string): Promise<TierFile> {
	const bounds = boundsOf(points.positions);
	const budget = { tier: 'thumb', points: THUMB_POINTS } as const;
	const count = points.positions.length / 3;
	const density = measureDensity(
		count,
		thinPoints(points.positions, bounds, densityCells(count, count)),
	);
	const { built, set, thin } = await buildTier(points, bounds, budget, density.spacingM, undefined);
	const measured = thinningErrorM(points.positions, set.positions, bounds, thin.cellM);
	return await writePointsTier(
		dir,
		'thumb',
		built,
		set.positions.length / 3,
		measured + built.roundingM,
	);
}

/** Writes one tier and, where it pays, its brotli form beside it. */
async function writePointsTier(
	dir: string,
	tier: Tier,
	{ glb, gpuBytes }: PointsGlb,
	points: number,
	errorM: number,
): Promise<TierFile> {
	const file = `${tier}.glb`;
	await writeFile(join(dir, file), glb);
	const packed = await brotli(glb, {
		params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY },
	});
	const pays = packed.length <= glb.length * (1 - WORTHWHILE);
	if (pays) await writeFile(join(dir, `${file}.br`), packed);
	return {
		tier,
		file,
		bytes: glb.length,
		sha256: createHash('sha256').update(glb).digest('hex'),
		triangles: 0,
		points,
		texturePx: 0,
		errorM,
		gpuBytes,
		brotliBytes: pays ? packed.length : glb.length,
	};
}
