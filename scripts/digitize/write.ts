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
	const { brotliBytes, ...entry } = await writeWithBrotli(folder, `${tier}.glb`, glb);
	return { tier, ...entry, triangles, texturePx, errorM, gpuBytes, brotliBytes };
}

/** A written file as the manifest names it; `brotliBytes` equals `bytes` where brotli does not pay. */
export interface WrittenFile {
	file: string;
	bytes: number;
	sha256: string;
	brotliBytes: number;
}

/** Writes a file, and its brotli form beside it where that pays. */
export async function writeWithBrotli(
	folder: OutputFolder,
	file: string,
	bytes: Uint8Array,
): Promise<WrittenFile> {
	await folder.write(file, bytes);
	const packed = await brotli(bytes, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
			[constants.BROTLI_PARAM_LGWIN]: 22,
			[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
		},
	});
	const pays = packed.length <= bytes.length * (1 - WORTHWHILE);
	if (pays) await folder.write(`${file}.br`, packed);
	return {
		file,
		bytes: bytes.length,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		brotliBytes: pays ? packed.length : bytes.length,
	};
}

/** Writes a value as JSON that people can read. */
export async function writeJson(folder: OutputFolder, name: string, value: unknown): Promise<void> {
	await folder.write(name, Buffer.from(`${JSON.stringify(value, null, '\t')}\n`));
}
