import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chunkFiles, readClientManifest } from '../../../server/http/client-manifest.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MANIFEST = {
	'index.html': { file: 'assets/index.js', imports: ['_shell.js'], isEntry: true },
	'_shell.js': { file: 'assets/shell.js', name: 'shell', css: ['assets/shell.css'] },
	'pages/A.tsx': { file: 'assets/A.js', imports: ['_shell.js', 'index.html', '_part.js'] },
	'_part.js': {
		file: 'assets/part.js',
		name: 'part',
		css: ['assets/part.css'],
		imports: ['_stage.js'],
	},
	'_stage.js': { file: 'assets/stage.js', name: 'stage', imports: ['_part.js'] },
};

async function manifestOf(text: string) {
	await using folder = await temporaryFolder('build');
	await mkdir(join(folder.path, '.vite'));
	await writeFile(join(folder.path, '.vite/manifest.json'), text);
	return await readClientManifest(folder.path);
}

it('gives a page’s chunk and all it imports, once, without what every page has', async () => {
	const manifest = await manifestOf(JSON.stringify(MANIFEST));
	expect(chunkFiles(manifest, ['stage', 'pages/A.tsx'])).toEqual({
		scripts: ['/assets/stage.js', '/assets/part.js', '/assets/A.js'],
		styles: ['/assets/part.css'],
	});
	expect(chunkFiles(manifest, ['pages/gone.tsx'])).toEqual({ scripts: [], styles: [] });
});

it('is empty where the build has none, or one that cannot be read', async () => {
	expect(await readClientManifest('/nowhere')).toEqual({});
	expect(await manifestOf('{"a.js": {"file": 1}}')).toEqual({});
	expect(await manifestOf('{')).toEqual({});
});
