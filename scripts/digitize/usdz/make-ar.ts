import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '#schema/asset/digitize-report';
import type { Work } from '../work.ts';
import { type ArSubject, buildUsdz } from './build-usdz.ts';

/** The model for augmented reality, as a manifest names it. */
export interface Ar {
	ar: { usdz: string; bytes: number };
	findings: Finding[];
}

export const USDZ_FILE = 'model.usdz';
/** Above this, in bytes, Quick Look makes people wait. */
const SLOW_BYTES = 10_000_000;

/**
 * Gives a surface its model for iOS Quick Look: the USDZ handed in beside the scan, unchanged, or one
 * made of a written tier. `tierSha256` names that tier's bytes.
 */
export async function makeAr(
	{ source, cache, folder }: Work,
	tierSha256: string,
	subject: () => Promise<ArSubject>,
): Promise<Ar> {
	if (source.usdz !== undefined) {
		const { size: bytes } = await stat(source.usdz);
		await folder.adopt(source.usdz, USDZ_FILE);
		const level = bytes > SLOW_BYTES ? 'warning' : 'info';
		const findings: Finding[] = [{ code: 'ar-passed-on', level, values: { bytes } }];
		return { ar: { usdz: USDZ_FILE, bytes }, findings };
	}
	const { value, dir } = await cache.step('usdz', { tier: tierSha256 }, async (at) => {
		const { usdz, triangles, tintedParts } = await buildUsdz(await subject());
		await writeFile(join(at, USDZ_FILE), usdz);
		return { bytes: usdz.length, triangles, tintedParts };
	});
	await folder.adopt(join(dir, USDZ_FILE), USDZ_FILE);
	const findings: Finding[] = [];
	if (value.tintedParts > 0) {
		findings.push({
			code: 'ar-colours-averaged',
			level: 'info',
			values: { parts: value.tintedParts },
		});
	}
	return { ar: { usdz: USDZ_FILE, bytes: value.bytes }, findings };
}
