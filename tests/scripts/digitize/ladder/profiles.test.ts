import { describe, expect, it } from 'vitest';
import type { Tier, TierFile } from '#schema/asset/asset-manifest';
import { profilesOf } from '../../../../scripts/digitize/ladder/profiles.ts';

function aTier(tier: Tier, gpuMegabytes: number, ktx2Megabytes?: number): TierFile {
	const sizes = { bytes: 1000, brotliBytes: 1000, sha256: 'a'.repeat(64) };
	const gpuBytes = gpuMegabytes * 2 ** 20;
	const shown = { triangles: 1000, texturePx: 1024, errorM: 0.001, gpuBytes };
	const file = { tier, file: `${tier}.glb`, ...sizes, ...shown };
	if (ktx2Megabytes === undefined) return file;
	const ktx2 = { file: `${tier}.ktx2.glb`, ...sizes, gpuBytes: ktx2Megabytes * 2 ** 20 };
	return { ...file, ktx2 };
}

describe('what a class of machines should load', () => {
	it('is the finest tier for desks and kiosks, and the mid one in hands and on heads', () => {
		const profiles = profilesOf([aTier('thumb', 1), aTier('mid', 40), aTier('high', 300)]);
		expect(profiles.headset).toMatchObject({ tier: 'mid', texture: 'webp' });
		expect(profiles.phone?.tier).toBe('mid');
		expect(profiles.desktop?.tier).toBe('high');
		expect(profiles.kiosk?.tier).toBe('high');
		expect(profiles.kiosk?.errorTargetPx).toBeLessThan(profiles.headset?.errorTargetPx ?? 0);
	});

	it('is a coarser tier where graphics memory would not hold the finer one', () => {
		const profiles = profilesOf([aTier('thumb', 1), aTier('low', 30), aTier('mid', 400)]);
		expect(profiles.headset?.tier).toBe('low');
		expect(profiles.desktop?.tier).toBe('mid');
	});

	it('takes compressed textures where there are some, which may make room for a finer tier', () => {
		const profiles = profilesOf([aTier('thumb', 1), aTier('low', 30), aTier('mid', 400, 80)]);
		expect(profiles.headset).toMatchObject({ tier: 'mid', texture: 'ktx2' });
		expect(profiles.desktop).toMatchObject({ tier: 'mid', texture: 'webp' });
	});

	it('is the only tier there is', () => {
		const profiles = profilesOf([aTier('thumb', 9000)]);
		expect(Object.values(profiles).map(({ tier }) => tier)).toEqual(Array(4).fill('thumb'));
	});
});
