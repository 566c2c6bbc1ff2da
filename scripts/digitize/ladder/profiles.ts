import {
	PROFILES,
	type Profile,
	type SpatialManifest,
	TIERS,
	type Tier,
	type TierFile,
} from '#schema/asset/asset-manifest';

interface ProfileBudget {
	/** The finest tier such a machine draws beside others. */
	tier: Tier;
	/** What one piece may occupy of the graphics card, in bytes. */
	gpuBytes: number;
	/** Graphics memory is scarce, or read by two eyes: textures stay compressed where they can. */
	prefersKtx2: boolean;
	/** How many pixels of error may show; a headset's are small and many. */
	errorTargetPx: number;
}

const MB = 2 ** 20;

/** From the budgets of pieces in view (pipeline notes §17, DESIGN §7: 256 MB in a headset). */
const BUDGETS: Readonly<Record<Profile, ProfileBudget>> = {
	headset: { tier: 'mid', gpuBytes: 256 * MB, prefersKtx2: true, errorTargetPx: 12 },
	phone: { tier: 'mid', gpuBytes: 256 * MB, prefersKtx2: true, errorTargetPx: 8 },
	desktop: { tier: 'high', gpuBytes: 1024 * MB, prefersKtx2: false, errorTargetPx: 4 },
	kiosk: { tier: 'high', gpuBytes: 2048 * MB, prefersKtx2: true, errorTargetPx: 1 },
};

/**
 * What each class of machines should load at most of a ladder (coarse to fine): the finest tier that
 * is within its budget, with KTX2 textures where there are some and graphics memory is scarce.
 */
export function profilesOf(tiers: TierFile[]): NonNullable<SpatialManifest['profiles']> {
	const profiles: NonNullable<SpatialManifest['profiles']> = {};
	for (const profile of PROFILES) {
		const { tier, gpuBytes, prefersKtx2, errorTargetPx } = BUDGETS[profile];
		const able = tiers.filter(
			(file) => TIERS.indexOf(file.tier) <= TIERS.indexOf(tier) && bytesOf(file) <= gpuBytes,
		);
		const finest = able.at(-1) ?? tiers[0];
		if (finest === undefined) continue;
		const texture = prefersKtx2 && finest.ktx2 !== undefined ? 'ktx2' : 'webp';
		profiles[profile] = { tier: finest.tier, texture, errorTargetPx };
	}
	return profiles;
}

function bytesOf(file: TierFile): number {
	return file.ktx2?.gpuBytes ?? file.gpuBytes;
}
