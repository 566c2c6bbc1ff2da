import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const read = (path: string) =>
	readFile(new URL(`../../../client/${path}`, import.meta.url), 'utf8');

it('opens the context that the renderer will ask for: three takes one with other attributes as it is', async () => {
	const [first, renderer] = await Promise.all([
		read('first-canvas.ts'),
		read('engine/stage/gallery-renderer.ts'),
	]);
	const asked = /new WebGLRenderer\(\{([^}]*)\}\)/.exec(renderer)?.[1] ?? '';
	const names = [...asked.matchAll(/^\s*(\w+)[:,]/gm)].map(([, name]) => name);
	// What three adds by itself stands in the script too; what the renderer asks for must be the same there.
	expect(names).toEqual(['canvas', 'alpha', 'antialias', 'powerPreference']);
	expect(first).toContain('alpha: true');
	expect(asked).toContain('alpha: true');
	expect(first).toContain('antialias: devicePixelRatio < 2');
	expect(asked).toContain('antialias: drawnPixelRatio() < SMOOTH_RATIO');
	expect(renderer).toContain('SMOOTH_RATIO = 2');
	for (const code of [first, asked]) expect(code).toContain("powerPreference: 'high-performance'");
});

it('stands alone: a script with imports would wait for them', async () => {
	expect(await read('first-canvas.ts')).not.toMatch(/^import /m);
});
