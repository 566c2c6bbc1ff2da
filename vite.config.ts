import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: 'client',
	plugins: [react()],
	resolve: { dedupe: ['three', 'react', 'react-dom', '@react-three/fiber'] },
	build: { outDir: '../dist', emptyOutDir: true, target: 'es2022' },
	test: {
		root: import.meta.dirname,
		reporters: ['default', './tests/support/end-reporter.ts'],
		maxWorkers: 2,
		projects: [
			{
				extends: true,
				test: {
					name: 'parts',
					root: import.meta.dirname,
					include: ['tests/**/*.test.{ts,tsx}'],
					exclude: ['tests/journeys/**'],
					testTimeout: 60_000,
					hookTimeout: 600_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'journeys',
					root: import.meta.dirname,
					include: ['tests/journeys/*.test.ts'],
					globalSetup: ['tests/support/build-clients.ts'],
					fileParallelism: false,
					sequence: { groupOrder: 1 },
					testTimeout: 300_000,
					hookTimeout: 600_000,
				},
			},
		],
	},
});
