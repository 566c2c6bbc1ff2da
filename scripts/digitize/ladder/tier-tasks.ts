import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bounds } from '#schema/value/geometry';
import { blendMaterials, type Painted } from '../mesh/blend-materials.ts';
import { type Deviation, deviation } from '../mesh/deviation.ts';
import { boundsOf } from '../mesh/inspect.ts';
import { type SourceTexture, TEXTURE_ROLES } from '../mesh/mesh.ts';
import { simplify } from '../mesh/simplify.ts';
import { type TreeArrays, type Triangles, TriangleTree } from '../mesh/triangle-tree.ts';
import { packBrotli } from '../pack-brotli.ts';
import { buildThumb } from './build-thumb.ts';
import { type BuiltTier, buildTier } from './build-tier.ts';
import type { TierBudget } from './ladder.ts';
import { shareSurface } from './share-surface.ts';
import { writeSurface } from './surface-file.ts';
import { validate } from './validate.ts';

/** The surface of a tier, kept beside its file for the tiers below it. */
export const SURFACE_FILE = 'surface.bin';

export interface SimplifyTask {
	surface: Painted;
	triangles: number;
}

export interface FinishTask {
	/** The surface as the tier shows it; of the thumb, what it is to be made from. */
	surface: Painted;
	textures: SourceTexture[];
	budget: TierBudget;
	original: { surface: Triangles; tree: TreeArrays };
	/** Where its files go. */
	dir: string;
}

/** What a finished tier is like, in numbers that depend on nothing but its surface and its budget. */
export type FinishedTier = {
	file: string;
	brotliFile: string | null;
	bytes: number;
	sha256: string;
	brotliBytes: number;
	triangles: number;
	texturePx: number;
	gpuBytes: number;
	bounds: Bounds;
	deviation: Deviation;
};

/** The work on a ladder as steps that any thread may do; each gives equal results wherever it runs. */
export interface TierTasks {
	/** Indexes the original, for measuring. */
	index(surface: Triangles): Promise<TreeArrays>;
	/** The surface with at most so many triangles. */
	simplify(task: SimplifyTask): Promise<Painted>;
	/** Builds a tier's file, proves it, measures it against the original and writes it. */
	finish(task: FinishTask): Promise<FinishedTier>;
}

export const TIER_TASKS: TierTasks = {
	index: async (surface) => TriangleTree.index(surface),
	simplify: async ({ surface, triangles }) => {
		if (surface.mesh.indices.length / 3 <= triangles) return surface;
		const { mesh, materials } = blendMaterials(surface, triangles);
		return shareSurface({ mesh: (await simplify(mesh, triangles)).mesh, materials });
	},
	finish,
};

async function finish(task: FinishTask): Promise<FinishedTier> {
	const { surface, budget, original, dir } = task;
	const built = await build(task);
	const decoded = await validate(budget.tier, built);
	const bounds = boundsOf(surface.mesh.positions);
	const { glb, triangles, texturePx, gpuBytes } = built;
	const file = `${budget.tier}.glb`;
	await writeFile(join(dir, file), glb);
	const packed = await packBrotli(glb);
	const brotliFile = packed === undefined ? null : `${file}.br`;
	if (brotliFile !== null && packed !== undefined) await writeFile(join(dir, brotliFile), packed);
	if (budget.tier !== 'thumb') await writeSurface(join(dir, SURFACE_FILE), surface);
	return {
		file,
		brotliFile,
		bytes: glb.length,
		sha256: createHash('sha256').update(glb).digest('hex'),
		brotliBytes: (packed ?? glb).length,
		triangles,
		texturePx,
		gpuBytes,
		bounds,
		deviation: deviation(original.surface, original.tree, decoded),
	};
}

async function build({ surface, textures, budget }: FinishTask): Promise<BuiltTier> {
	const { mesh, materials } = surface;
	if (budget.tier === 'thumb') return await buildThumb(mesh, materials, textures, budget);
	const { texturePx: px, quality, normalBits } = budget;
	return await buildTier(mesh, materials, textures, {
		px,
		quality,
		normalBits,
		roles: TEXTURE_ROLES,
	});
}
