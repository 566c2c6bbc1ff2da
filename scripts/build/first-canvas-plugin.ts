import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minifySync, type Plugin, transformWithOxc } from 'vite';

const SOURCE = 'first-canvas.ts';
const NAME = 'first-canvas.js';

/**
 * Puts `client/first-canvas.ts` into the page as a script of its own, ahead of all others. As a chunk it would share
 * code with them, and wait for it.
 */
export function firstCanvas(): Plugin {
	let root = '';
	return {
		name: 'xishan-first-canvas',
		// An emulated headset must be there before any context.
		apply: (_config, { command }) => command === 'build' && process.env.XR_EMULATOR !== '1',
		configResolved(config) {
			root = config.root;
		},
		async buildStart() {
			const path = join(root, SOURCE);
			const { code } = await transformWithOxc(await readFile(path, 'utf8'), path);
			const source = minifySync(NAME, code, { module: true }).code;
			this.emitFile({ type: 'asset', name: NAME, source });
		},
		transformIndexHtml: {
			order: 'post',
			handler(_html, { bundle }) {
				const file = Object.values(bundle ?? {}).find(
					(each) => each.type === 'asset' && each.names.includes(NAME),
				)?.fileName;
				if (file === undefined) return [];
				const attrs = { type: 'module', async: true, fetchpriority: 'high', src: `/${file}` };
				return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
			},
		},
	};
}
