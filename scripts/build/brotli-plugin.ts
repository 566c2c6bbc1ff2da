import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const WORTH_IT = /\.(?:js|css|html|svg|json|wasm|bin|gltf|glb)$/;
const SMALLEST_BYTES = 1024;
/** Texts are small and read by everyone; the controller models are 28 MB that a few headsets fetch once. */
const TEXT_QUALITY = 11;
const MODEL_QUALITY = 5;
/** Blocks of 1 MiB: the shell becomes 0.1–0.3 % smaller than with the 256 KiB that brotli takes by itself. */
const BLOCK_BITS = 20;
const compress = promisify(brotliCompress);

/**
 * Writes a `.br` beside each text, model and probe of the build, which the server sends to browsers that take it.
 * It is done once, and saves a quarter against gzip. Files that do not shrink get none.
 */
export function brotli(): Plugin {
	let folder = '';
	return {
		name: 'xishan-brotli',
		apply: 'build',
		configResolved(config) {
			folder = join(config.root, config.build.outDir);
			if (config.build.outDir.startsWith('/')) folder = config.build.outDir;
		},
		closeBundle: {
			sequential: true,
			order: 'post',
			async handler(error) {
				if (error) return;
				const entries = await readdir(folder, { recursive: true, withFileTypes: true });
				const files = entries
					.filter((entry) => entry.isFile() && WORTH_IT.test(entry.name))
					.map((entry) => join(entry.parentPath, entry.name));
				for (const file of files) await compressFile(file);
			},
		},
	};
}

async function compressFile(file: string): Promise<void> {
	if ((await stat(file)).size < SMALLEST_BYTES) return;
	const bytes = await readFile(file);
	const small = await compress(bytes, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: file.endsWith('.glb') ? MODEL_QUALITY : TEXT_QUALITY,
			[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
			[constants.BROTLI_PARAM_LGBLOCK]: BLOCK_BITS,
		},
	});
	if (small.length < bytes.length * 0.95) await writeFile(`${file}.br`, small);
}
