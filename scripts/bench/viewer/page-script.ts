import { join } from 'node:path';
import { build } from 'vite';

const ENTRY = join(import.meta.dirname, 'page/install.ts');

/** The clocks of `page/` as one script for a page to run before its own. */
export async function pageScript(): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'silent',
		build: {
			write: false,
			target: 'es2022',
			lib: { entry: ENTRY, formats: ['iife'], name: 'installed' },
		},
	});
	const [bundle] = Array.isArray(built) ? built : [built];
	const script = bundle !== undefined && 'output' in bundle ? bundle.output[0].code : undefined;
	if (script === undefined) throw new Error('bench: the clocks could not be bundled');
	return script;
}
