import { flatten } from '../mesh/flatten.ts';
import { type Material, type Mesh, type SourceTexture, TEXTURE_ROLES } from '../mesh/mesh.ts';
import { simplify } from '../mesh/simplify.ts';
import { type BuiltTier, buildTier } from './build-tier.ts';
import { THUMB_BYTES, type TierBudget } from './ladder.ts';

interface Attempt {
	/** Share of the tier's triangles. */
	share: number;
	px: number;
	quality: number;
	/** Without the maps that only bend or shade light. */
	isPlain: boolean;
}

/** What is given up, in this order, until the first tier is small enough. */
const ATTEMPTS: readonly Attempt[] = [
	{ share: 1, px: 256, quality: 70, isPlain: false },
	{ share: 1, px: 256, quality: 60, isPlain: true },
	{ share: 0.6, px: 256, quality: 50, isPlain: true },
	{ share: 0.35, px: 128, quality: 50, isPlain: true },
];

/** Triangles of the last resort: one material, colours in the vertices. */
const FLAT_SHARES = [0.75, 0.4, 0.15, 0.05];

/**
 * Builds the first tier within 60 KB, whatever the scan: quality falls first, then maps, then
 * triangles; what still does not fit (hundreds of materials) is painted into the vertices.
 */
export async function buildThumb(
	mesh: Mesh,
	materials: Material[],
	textures: SourceTexture[],
	budget: TierBudget,
): Promise<BuiltTier> {
	const { normalBits } = budget;
	for (const { share, px, quality, isPlain } of ATTEMPTS) {
		const simplified = await simplify(mesh, Math.max(Math.floor(budget.triangles * share), 1));
		const roles = isPlain
			? TEXTURE_ROLES.filter((r) => r === 'baseColor' || r === 'emissive')
			: TEXTURE_ROLES;
		const options = { px, quality, roles, normalBits };
		const built = await buildTier(simplified.mesh, materials, textures, options);
		if (built.glb.length <= THUMB_BYTES) return built;
	}
	const flat = await flatten(mesh, materials, textures);
	const options = { px: 1, quality: 50, roles: [], normalBits };
	for (const share of FLAT_SHARES) {
		const simplified = await simplify(flat.mesh, Math.max(Math.floor(budget.triangles * share), 1));
		const built = await buildTier(simplified.mesh, [flat.material], [], options);
		if (built.glb.length <= THUMB_BYTES) return built;
	}
	throw new Error('thumb: the smallest form is over its budget — a bug in the writer');
}
