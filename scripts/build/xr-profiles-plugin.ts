import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import sirv from 'sirv';
import type { Plugin } from 'vite';

/** Where the client looks for controller and hand models, below its base address. */
const FOLDER = 'vendor/xr-profiles';

/**
 * The input devices whose models are shipped: 11 of the package's 42, 16 of its 98 MB. The generic
 * ones stand in for every other device, so a headset is never left without a controller.
 */
const PROFILES = [
	'generic-hand',
	'generic-trigger',
	'generic-trigger-squeeze-thumbstick',
	'meta-quest-touch-plus',
	'meta-quest-touch-plus-v2',
	'meta-quest-touch-pro',
	'oculus-touch-v2',
	'oculus-touch-v3',
	'pico-neo3',
	'pico-4',
	'pico-4u',
] as const;

const STUB = '\0xr-nothing';

function profilesFolder(): string {
	const entry = createRequire(import.meta.url).resolve('@webxr-input-profiles/assets/package.json');
	return join(dirname(entry), 'dist', 'profiles');
}

/** The package's list, with only what is shipped: a device that is not listed falls back to a generic one. */
async function trimmedList(folder: string): Promise<string> {
	const list: Record<string, unknown> = JSON.parse(
		await readFile(join(folder, 'profilesList.json'), 'utf8'),
	);
	const kept = Object.entries(list).filter(([name]) =>
		PROFILES.some((profile) => profile === name),
	);
	return JSON.stringify(Object.fromEntries(kept));
}

async function copyProfiles(to: string): Promise<void> {
	const from = profilesFolder();
	await mkdir(to, { recursive: true });
	await writeFile(join(to, 'profilesList.json'), await trimmedList(from));
	for (const profile of PROFILES) {
		await cp(join(from, profile), join(to, profile), { recursive: true });
	}
}

/**
 * Ships the models of headset controllers and hands from our own origin, and keeps the emulator
 * that `@pmndrs/xr` would carry along (with five furnished rooms, 6 MB) out of every build: ours is
 * `client/xr/core/emulator.ts`.
 */
export function xrProfiles(): Plugin {
	let outDir = '';
	return {
		name: 'xishan-xr-profiles',
		enforce: 'pre',
		configResolved(config) {
			outDir = resolve(config.root, config.build.outDir);
		},
		resolveId(source, importer) {
			const isEmulator = source === './emulate.js' && importer?.includes('@pmndrs/xr');
			return isEmulator ? STUB : undefined;
		},
		load(id) {
			return id === STUB ? 'export const emulate = () => undefined;' : undefined;
		},
		configureServer(server) {
			server.middlewares.use(`/${FOLDER}`, sirv(profilesFolder(), { dev: true }));
		},
		async writeBundle() {
			await copyProfiles(join(outDir, FOLDER));
		},
	};
}
