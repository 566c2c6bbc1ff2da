import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Tier, TierFile } from '#schema/asset-manifest';
import type { BuiltTier } from './ladder/build-tier.ts';
import type { OutputFolder } from './output-folder.ts';

const brotli = promisify(brotliCompress);

/** A brotli form is kept when it saves at least this share. */
const WORTHWHILE = 0.05;
/** Quality 11 saves 1 % more than 9 on these files, at twenty times the time. */
const BROTLI_QUALITY = 9;

/** Writes a tier, and its brotli form beside it where that pays; gives its entry of the manifest. */
export async function writeTier(
	folder: OutputFolder,
	tier: Tier,
	built: BuiltTier,
	errorM: number,
): Promise<TierFile> {
	const { glb, triangles, texturePx, gpuBytes } = built;
	const file = `${tier}.glb`;
	await folder.write(file, glb);
	const packed = await brotli(glb, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
			[constants.BROTLI_PARAM_LGWIN]: 22,
			[constants.BROTLI_PARAM_SIZE_HINT]: glb.length,
		},
	});
	const pays = packed.length <= glb.length * (1 - WORTHWHILE);
	if (pays) await folder.write(`${file}.br`, packed);
	return {
		tier,
		file,
		bytes: glb.length,
		sha256: createHash('sha256').update(glb).digest('hex'),
		triangles,
		texturePx,
		errorM,
		gpuBytes,
		brotliBytes: pays ? packed.length : glb.length,
	};
}

/** Writes a value as JSON that people can read. */
export async function writeJson(folder: OutputFolder, name: string, value: unknown): Promise<void> {
	await folder.write(name, Buffer.from(`${JSON.stringify(value, null, '\t')}\n`));
}
