import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digitize } from '../../../scripts/digitize/digitize.ts';
import { DIGITIZE_DEFAULTS } from '../../../scripts/digitize/options.ts';
import { reportSkip } from '../../support/skip.ts';
import { spatial } from '../../support/spatial.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SCANS = resolve(import.meta.dirname, '../../../../shared/scans');

describe('a real museum scan', () => {
	it.each([
		['whale_cranium.glb', 0.238],
		['whale_mandible.glb', 0.108],
	])(
		'%s becomes a ladder of at most 0.35 of its bytes',
		async (name, heightM) => {
			const scan = join(SCANS, name);
			if (!existsSync(scan)) {
				reportSkip('the ratios of a real scan: ../shared/scans is not here', { allowed: true });
				return;
			}
			await using place = await temporaryFolder('whale');
			const made = await digitize(scan, join(place.path, 'out'), {
				...DIGITIZE_DEFAULTS,
				fast: true,
				cacheDir: undefined,
				signal: new AbortController().signal,
				onProgress: () => undefined,
			});
			const { tiers, source, bounds } = spatial(made);
			expect(tiers.map((t) => [t.tier, t.triangles, t.texturePx])).toEqual([
				['thumb', 4_000, 256],
				['low', 25_000, 1024],
				['mid', 100_000, 2048],
			]);
			expect(tiers[0]?.bytes).toBeLessThanOrEqual(60_000);
			expect(tiers[2]?.bytes).toBeLessThanOrEqual(source.bytes * 0.35);
			expect(source.bytes).toBe((await stat(scan)).size);
			expect(bounds.max[1]).toBeCloseTo(heightM, 3);
			expect(tiers[2]?.errorM).toBeLessThan(0.00005);
			expect(tiers[1]?.errorM).toBeLessThan(0.002);
		},
		300_000,
	);
});
