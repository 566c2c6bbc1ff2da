import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { brotli } from './scripts/build/brotli-plugin.ts';
import { ByTurns } from './scripts/build/by-turns.ts';
import { fallbackFonts } from './scripts/build/fallback-fonts-plugin.ts';
import { firstCanvas } from './scripts/build/first-canvas-plugin.ts';
import { leanZod } from './scripts/build/lean-zod-plugin.ts';
import { xrProfiles } from './scripts/build/xr-profiles-plugin.ts';

export default defineConfig({
	root: 'client',
	// XR_EMULATOR=1 builds the client with an emulated headset in it, for tests only.
	define: { __XR_EMULATOR__: JSON.stringify(process.env.XR_EMULATOR === '1') },
	plugins: [react(), firstCanvas(), xrProfiles(), fallbackFonts(), leanZod(), brotli()],
	resolve: { dedupe: ['three', 'react', 'react-dom', '@react-three/fiber'] },
	server: {
		proxy: Object.fromEntries(
			['/api', '/objects', '/livez'].map((path) => [path, 'http://127.0.0.1:8180']),
		),
	},
	build: {
		outDir: process.env.XISHAN_CLIENT_OUT ?? '../dist',
		emptyOutDir: true,
		target: 'es2022',
		// Our policy allows no fonts or scripts out of data addresses.
		assetsInlineLimit: 0,
		// By it the server names a page's chunks in the page's head.
		manifest: true,
		rolldownOptions: {
			output: {
				codeSplitting: {
					groups: [
						// One chunk for what every page needs: it compresses better whole, and stays cached. The
						// styles of all pages, 7 KB packed, are in it: what a first visit waits for is requests.
						// So is what loads other chunks, which would draw in the whole stage else.
						{
							name: 'shell',
							test: /vite[\\/]preload-helper|client[\\/].*\.css$|assets[\\/]fonts[\\/].*\.css$|^(?!.*(?:node_modules.*node_modules|with-selector)).*(?:node_modules[\\/](?:react|react-dom|scheduler|i18next|react-i18next|wouter|regexparam|zod|zustand|use-sync-external-store)[\\/]|assets[\\/]schema|client[\\/](?:api|state|parts|visitor[\\/]scroll)[\\/])/,
						},
						// One more for a piece in 3D, with all that it imports and the words that stages speak.
						{
							name: 'stage',
							test: /client[\\/]stages[\\/]PieceStage\.tsx$|locales[\\/].*[\\/]stage\.json$/,
						},
					],
				},
			},
		},
	},
	test: {
		root: import.meta.dirname,
		reporters: ['default', './tests/support/end-reporter.ts'],
		maxWorkers: 2,
		sequence: { sequencer: ByTurns },
		projects: [
			{
				extends: true,
				test: {
					name: 'parts',
					root: import.meta.dirname,
					include: ['tests/**/*.test.{ts,tsx}'],
					exclude: ['tests/journeys/**'],
					// Servers that start, stop and are killed leave a third of two processors idle.
					maxWorkers: 3,
					testTimeout: 60_000,
					hookTimeout: 900_000,
				},
			},
			journeys('journeys'),
			journeys('journeys-on-services'),
		],
	},
});

/** The same stories in a real browser, on a cluster of its own: all in one, or on PostgreSQL and MinIO. */
function journeys(name: string): TestProjectInlineConfiguration {
	return {
		extends: true,
		test: {
			name,
			root: import.meta.dirname,
			include: ['tests/journeys/*.test.ts'],
			globalSetup: ['tests/support/build-clients.ts', 'tests/support/prepare-world.ts'],
			// After the parts, and the two side by side: a browser mostly waits for one processor.
			sequence: { groupOrder: 1 },
			testTimeout: 300_000,
			hookTimeout: 900_000,
		},
	};
}
