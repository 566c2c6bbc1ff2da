import { aBall, aGlb, aGltf, anObj, anStl, aPly, type LooseGltf } from '../../support/meshes.ts';
import { aForgedZip } from '../../support/zips.ts';
import type { Hostile } from './hostile-files.ts';

const list = (json: LooseGltf, key: string): LooseGltf[] => json[key] as LooseGltf[];
const glb = (change: (json: LooseGltf) => void) => aGlb({ change });
const triangleObj = 'v 0 0 0\nv 1 0 0\nv 0 1 0\n';

/** A PLY in text of three vertices and one face, as it is written here. */
function asciiFace(face: string, vertex = '0 0 0'): string {
	return `ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list int int vertex_indices\nend_header\n${vertex}\n1 0 0\n0 1 0\n${face}\n`;
}

/** The same with a texture from anywhere. */
function texturedPly(reference: string): string {
	return asciiFace('3 0 1 2')
		.replace('element vertex', `comment TextureFile ${reference}\nelement vertex`)
		.replace('element face', 'property float s\nproperty float t\nelement face')
		.replace(/^(\d \d 0)$/gm, '$1 0 0');
}

/** A strip that says it has a billion corners and has two. */
function longStrip(): Buffer {
	const body = Buffer.alloc(24);
	body.writeInt32LE(1_000_000_000, 12);
	const head =
		'ply\nformat binary_little_endian 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n';
	return Buffer.concat([Buffer.from(head), body]);
}

function gltfWithImage(uri: string): string {
	const { json, bin } = aGltf({ texture: Buffer.from('no picture') });
	const data = `data:application/octet-stream;base64,${bin.toString('base64')}`;
	Object.assign(list(json, 'buffers')[0] ?? {}, { uri: data });
	json.images = [{ uri }];
	return JSON.stringify(json);
}

const emptyAndNoise = ['.obj', '.ply', '.gltf', '.zip'].flatMap((suffix): Hostile[] => [
	{ file: `empty${suffix}`, bytes: '', code: 'file-empty' },
	{ file: `noise${suffix}`, bytes: Buffer.alloc(70, 7), code: 'format-unknown' },
]);

/** What each kind of mesh, and the archive it comes in, can do to us beside what `HOSTILE_FILES` do. */
export const HOSTILE_MESHES: Hostile[] = [
	...emptyAndNoise,
	{ file: 'noise.stl', bytes: Buffer.alloc(90, 7), code: 'count-impossible' },
	{ file: 'really-stl.obj', bytes: anStl(aBall(40), true), code: 'extension-wrong' },
	{ file: 'really-gltf.obj', bytes: gltfWithImage('a.png'), code: 'extension-wrong' },
	{ file: 'long-list.ply', bytes: asciiFace('900000000 0 1 2'), code: 'count-impossible' },
	{ file: 'negative-list.ply', bytes: asciiFace('-3 0 1 2'), code: 'count-impossible' },
	{ file: 'huge-index.ply', bytes: asciiFace('3 0 1 99999999999'), code: 'index-out-of-range' },
	{ file: 'infinite.ply', bytes: asciiFace('3 0 1 2', '0 inf 0'), code: 'position-not-finite' },
	{ file: 'overflow.ply', bytes: asciiFace('3 0 1 2', '0 1e39 0'), code: 'position-not-finite' },
	{ file: 'cut-face.ply', bytes: asciiFace('3 0 1'), code: 'file-truncated' },
	{ file: 'long-strip.ply', bytes: longStrip(), code: 'count-impossible' },
	{ file: 'outside.ply', bytes: texturedPly('../../etc/passwd'), code: 'reference-outside' },
	{ file: 'network.ply', bytes: texturedPly('http://a.example/t.png'), code: 'reference-network' },
	{
		file: 'network-library.obj',
		bytes: anObj({ library: 'https://a.example/a.mtl' }),
		code: 'reference-network',
	},
	{
		file: 'infinite.obj',
		bytes: `v inf 0 0\n${triangleObj}f 1 2 3\n`,
		code: 'position-not-finite',
	},
	{ file: 'huge-index.obj', bytes: `${triangleObj}f 1 2 9e99\n`, code: 'index-out-of-range' },
	{ file: 'word-index.obj', bytes: `${triangleObj}f 1 2 three\n`, code: 'index-out-of-range' },
	{ file: 'cut-vertex.obj', bytes: 'v 0 0 0\nv 1 0 0\nv 0 1', code: 'file-truncated' },
	{
		file: 'infinite.stl',
		bytes: anStl(aBall(40), true)
			.toString()
			.replace(/vertex \S+/, 'vertex inf'),
		code: 'position-not-finite',
	},
	{
		file: 'image-outside.gltf',
		bytes: gltfWithImage('../../etc/passwd'),
		code: 'reference-outside',
	},
	{
		file: 'image-network.gltf',
		bytes: gltfWithImage('https://a.example/a.png'),
		code: 'reference-network',
	},
	{
		file: 'sparse-billion.glb',
		bytes: glb((json) => {
			const part = { bufferView: 0, componentType: 5125 };
			const sparse = { count: 1e9, indices: part, values: { bufferView: 0 } };
			Object.assign(list(json, 'accessors')[0] ?? {}, { sparse });
		}),
		code: 'count-impossible',
	},
	{
		file: 'overflowing-counts.glb',
		bytes: glb((json) => {
			for (const accessor of list(json, 'accessors')) accessor.count = 2 ** 52;
		}),
		code: 'count-impossible',
	},
	{
		file: 'attributes-differ.glb',
		bytes: glb((json) => {
			Object.assign(list(json, 'accessors')[1] ?? {}, { count: 3 });
		}),
		code: 'structure-invalid',
	},
	{ file: 'alone.usdz', bytes: 'PK\u0003\u0004 and more', code: 'usdz-alone' },
	{ file: 'cut.zip', bytes: 'PK\u0003\u0004 and more', code: 'file-truncated' },
	{
		file: 'bomb.zip',
		bytes: aForgedZip([{ name: 'a.ply', bytes: Buffer.alloc(4_000_000) }]),
		code: 'archive-unsafe',
	},
	{
		file: 'climbing.zip',
		bytes: aForgedZip([{ name: '../../evil.ply', bytes: aPly() }]),
		code: 'archive-unsafe',
	},
	{
		file: 'two.zip',
		bytes: aForgedZip([
			{ name: 'a.ply', bytes: aPly() },
			{ name: 'b.obj', bytes: anObj() },
		]),
		code: 'archive-ambiguous',
	},
	{
		file: 'none.zip',
		bytes: aForgedZip([{ name: 'within.zip', bytes: aPly() }]),
		code: 'archive-empty',
	},
];
