import { TIERS, type TierFile } from '#schema/asset/asset-manifest';

const SIZES = {
	thumb: { bytes: 50_000, triangles: 4_000, texturePx: 256, errorM: 0.002, gpuBytes: 500_000 },
	low: { bytes: 250_000, triangles: 25_000, texturePx: 1_024, errorM: 0.0008, gpuBytes: 2_500_000 },
	mid: {
		bytes: 900_000,
		triangles: 150_000,
		texturePx: 2_048,
		errorM: 0.0002,
		gpuBytes: 12_000_000,
	},
	high: { bytes: 1_500_000, triangles: 400_000, texturePx: 4_096, errorM: 0, gpuBytes: 60_000_000 },
} as const;

/** A full ladder of a half-metre piece, coarse to fine. */
export function aLadder(): TierFile[] {
	return TIERS.map((tier) => ({
		tier,
		file: `${tier}.glb`,
		sha256: '0'.repeat(64),
		brotliBytes: SIZES[tier].bytes,
		...SIZES[tier],
	}));
}
