import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: 'client',
	plugins: [react()],
	resolve: { dedupe: ['three', 'react', 'react-dom', '@react-three/fiber'] },
	build: { outDir: '../dist', emptyOutDir: true, target: 'es2022' },
	test: {
		root: '.',
		include: ['tests/**/*.test.{ts,tsx}'],
		testTimeout: 60_000,
		hookTimeout: 300_000,
	},
});
