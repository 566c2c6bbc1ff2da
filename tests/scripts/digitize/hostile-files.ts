import type { RefusalCode } from '#schema/digitize/refusal';
import {
	aBall,
	aGlb,
	aGltf,
	anObj,
	anStl,
	aPly,
	glbOf,
	type LooseGltf,
} from '../../support/meshes.ts';

/** A file made to break us, and what must be said about it. */
export interface Hostile {
	file: string;
	bytes: Uint8Array | string;
	code: RefusalCode;
}

const list = (json: LooseGltf, key: string): LooseGltf[] => json[key] as LooseGltf[];
const first = (json: LooseGltf, key: string): LooseGltf => list(json, key)[0] ?? {};

const glb = (change: (json: LooseGltf) => void) => aGlb({ change });
const gltfWithBuffer = (uri: string) =>
	JSON.stringify(aGltf({ change: (json) => Object.assign(first(json, 'buffers'), { uri }) }).json);

function setIndex(value: number): Buffer {
	const { json, bin } = aGltf();
	const view = list(json, 'bufferViews')[2] ?? {};
	bin.writeUInt32LE(value, Number(view.byteOffset) + 12);
	return glbOf(json, bin);
}

function setPosition(value: number): Buffer {
	return aGlb({ changeBin: (bin) => bin.writeFloatLE(value, 24) });
}

const plyHeader = (vertices: number, faces: number) =>
	`ply\nformat binary_little_endian 1.0\nelement vertex ${vertices}\nproperty float x\nproperty float y\nproperty float z\nelement face ${faces}\nproperty list uchar int vertex_indices\nend_header\n`;

const triangleObj = 'v 0 0 0\nv 1 0 0\nv 0 1 0\n';

function deepNodes(depth: number): Buffer {
	return glb((json) => {
		json.nodes = Array.from({ length: depth }, (_, i) =>
			i === depth - 1 ? { mesh: 0 } : { children: [i + 1] },
		);
	});
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';

/** One of each way a file can be wrong. `link` beside them is a symbolic link to `/etc`. */
export const HOSTILE_FILES: Hostile[] = [
	{ file: 'empty.glb', bytes: '', code: 'file-empty' },
	{ file: 'noise.glb', bytes: Buffer.alloc(500, 7), code: 'format-unknown' },
	{ file: 'archive.obj', bytes: 'PK\u0003\u0004 and more', code: 'format-unknown' },
	{ file: 'really-glb.ply', bytes: aGlb(), code: 'extension-wrong' },
	{ file: 'really-ply.glb', bytes: aPly(), code: 'extension-wrong' },
	{ file: 'really-obj.stl', bytes: anObj(), code: 'extension-wrong' },
	{ file: 'no-extension', bytes: aGlb(), code: 'extension-wrong' },
	{ file: 'cut.glb', bytes: aGlb().subarray(0, 9000), code: 'file-truncated' },
	{ file: 'cut-in-header.glb', bytes: aGlb().subarray(0, 15), code: 'file-truncated' },
	{ file: 'cut.ply', bytes: aPly().subarray(0, 4000), code: 'file-truncated' },
	{ file: 'cut-header.ply', bytes: aPly().subarray(0, 90), code: 'file-truncated' },
	{
		file: 'cut-ascii.ply',
		bytes: aPly({ encoding: 'ascii' }).subarray(0, 9000),
		code: 'file-truncated',
	},
	{ file: 'cut.stl', bytes: anStl().subarray(0, 12_000), code: 'file-truncated' },
	{
		file: 'cut-text.stl',
		bytes: anStl(aBall(40), true).subarray(0, 2000),
		code: 'file-truncated',
	},
	{ file: 'broken-json.gltf', bytes: '{"asset": {"version"', code: 'json-invalid' },
	{
		file: 'version-one.gltf',
		bytes: '{"asset": {"version": 1}}',
		code: 'structure-invalid',
	},
	{
		file: 'billion-accessor.glb',
		bytes: glb((json) => {
			first(json, 'accessors').count = 1_000_000_000;
		}),
		code: 'count-impossible',
	},
	{
		file: 'view-past-buffer.glb',
		bytes: glb((json) => {
			first(json, 'bufferViews').byteLength = 10_000_000;
		}),
		code: 'count-impossible',
	},
	{
		file: 'billion-meshopt.glb',
		bytes: glb((json) => {
			const packed = { buffer: 0, byteLength: 64, byteStride: 12, count: 1e9, mode: 'ATTRIBUTES' };
			first(json, 'bufferViews').extensions = { EXT_meshopt_compression: packed };
		}),
		code: 'count-impossible',
	},
	{ file: 'billion.ply', bytes: plyHeader(1_000_000_000, 10), code: 'count-impossible' },
	{ file: 'huge.ply', bytes: plyHeader(9e15, 9e15), code: 'count-impossible' },
	{
		file: 'no-properties.ply',
		bytes: `ply\nformat binary_little_endian 1.0\nelement thing 900000000000\nend_header\n`,
		code: 'count-impossible',
	},
	{
		file: 'long-list.ply',
		bytes: Buffer.concat([
			Buffer.from(
				'ply\nformat binary_little_endian 1.0\nelement vertex 1\nproperty float x\nelement face 1\nproperty list uint int vertex_indices\nend_header\n',
			),
			Buffer.from([0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 0, 0]),
		]),
		code: 'count-impossible',
	},
	{
		file: 'billion.stl',
		bytes: Buffer.concat([Buffer.alloc(80), Buffer.from([0, 202, 154, 59]), Buffer.alloc(50)]),
		code: 'count-impossible',
	},
	{ file: 'index-past-end.glb', bytes: setIndex(100_000), code: 'index-out-of-range' },
	{
		file: 'index-past-end.ply',
		bytes: aPly({ mesh: { ...aBall(40), indices: [0, 1, 7_000_000] } }),
		code: 'index-out-of-range',
	},
	{
		file: 'negative-index.ply',
		bytes: aPly({ mesh: { ...aBall(40), indices: [0, 1, -5] } }),
		code: 'index-out-of-range',
	},
	{ file: 'index-past-end.obj', bytes: `${triangleObj}f 1 2 4\n`, code: 'index-out-of-range' },
	{ file: 'index-zero.obj', bytes: `${triangleObj}f 0 1 2\n`, code: 'index-out-of-range' },
	{
		file: 'index-too-far-back.obj',
		bytes: `${triangleObj}f -1 -2 -4\n`,
		code: 'index-out-of-range',
	},
	{ file: 'nan.glb', bytes: setPosition(Number.NaN), code: 'position-not-finite' },
	{
		file: 'infinite.glb',
		bytes: setPosition(Number.POSITIVE_INFINITY),
		code: 'position-not-finite',
	},
	{
		file: 'nan.ply',
		bytes: aPly({
			mesh: { ...aBall(40), positions: [Number.NaN, ...aBall(40).positions.slice(1)] },
		}),
		code: 'position-not-finite',
	},
	{ file: 'nan.obj', bytes: `v 0 nan 0\n${triangleObj}f 1 2 3\n`, code: 'position-not-finite' },
	{
		file: 'overflow.obj',
		bytes: `v 0 1e400 0\n${triangleObj}f 1 2 3\n`,
		code: 'position-not-finite',
	},
	{
		file: 'nan.stl',
		bytes: anStl({ ...aBall(40), positions: aBall(40).positions.map(() => Number.NaN) }),
		code: 'position-not-finite',
	},
	{
		file: 'cyclic.glb',
		bytes: glb((json) => {
			json.nodes = [{ children: [1] }, { children: [0], mesh: 0 }];
		}),
		code: 'nodes-cyclic',
	},
	{
		file: 'own-child.glb',
		bytes: glb((json) => {
			json.nodes = [{ children: [0], mesh: 0 }];
		}),
		code: 'nodes-cyclic',
	},
	{ file: 'deep.glb', bytes: deepNodes(5000), code: 'structure-invalid' },
	{
		file: 'missing-mesh.glb',
		bytes: glb((json) => {
			json.nodes = [{ mesh: 4 }];
		}),
		code: 'structure-invalid',
	},
	{
		file: 'no-view.glb',
		bytes: glb((json) => {
			first(json, 'accessors').bufferView = 77;
		}),
		code: 'structure-invalid',
	},
	{
		file: 'needs-unknown.glb',
		bytes: glb((json) => {
			json.extensionsRequired = ['EXT_of_tomorrow'];
		}),
		code: 'extension-unsupported',
	},
	{
		file: 'passwords.gltf',
		bytes: gltfWithBuffer('../../../../../../etc/passwd'),
		code: 'reference-outside',
	},
	{
		file: 'encoded-passwords.gltf',
		bytes: gltfWithBuffer('%2e%2e/%2e%2e/etc/passwd'),
		code: 'reference-outside',
	},
	{
		file: 'absolute.gltf',
		bytes: gltfWithBuffer('/etc/passwd'),
		code: 'reference-outside',
	},
	{
		file: 'file-scheme.gltf',
		bytes: gltfWithBuffer('file:/etc/passwd'),
		code: 'reference-outside',
	},
	{
		file: 'linked.gltf',
		bytes: gltfWithBuffer('link/passwd'),
		code: 'reference-outside',
	},
	{
		file: 'network.gltf',
		bytes: gltfWithBuffer('http://127.0.0.1:9/mesh.bin'),
		code: 'reference-network',
	},
	{
		file: 'share.gltf',
		bytes: gltfWithBuffer('\\\\server\\share\\mesh.bin'),
		code: 'reference-network',
	},
	{
		file: 'missing.gltf',
		bytes: gltfWithBuffer('mesh.bin'),
		code: 'reference-missing',
	},
	{
		file: 'outside-library.obj',
		bytes: anObj({ library: '../../etc/passwd' }),
		code: 'reference-outside',
	},
	{
		file: 'svg-texture.glb',
		bytes: aGlb({ texture: Buffer.from(svg) }),
		code: 'texture-unreadable',
	},
	{
		file: 'cut-texture.glb',
		bytes: aGlb({ texture: Buffer.from('\u0089PNG\r\n\u001a\n broken', 'latin1') }),
		code: 'texture-unreadable',
	},
	{ file: 'no-points.ply', bytes: plyHeader(0, 0), code: 'points-empty' },
	{ file: 'no-faces.obj', bytes: triangleObj, code: 'mesh-empty' },
	{ file: 'no-area.obj', bytes: `${triangleObj}f 1 1 2\n`, code: 'mesh-empty' },
	{
		file: 'points.glb',
		bytes: glb((json) => {
			for (const mesh of list(json, 'meshes')) {
				for (const primitive of list(mesh, 'primitives')) primitive.mode = 0;
			}
		}),
		code: 'mesh-empty',
	},
	{
		file: 'too-large.ply',
		bytes: tooManyTriangles(),
		code: 'scan-too-large',
	},
];

/** Polygons of a million corners: 31 million triangles in as many bytes. */
function tooManyTriangles(): Buffer {
	const corners = 1_000_000;
	const polygons = 31;
	const head = Buffer.from(
		`ply\nformat binary_little_endian 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face ${polygons}\nproperty list uint uchar vertex_indices\nend_header\n`,
	);
	const polygon = Buffer.alloc(4 + corners);
	polygon.writeUInt32LE(corners, 0);
	const vertices = Buffer.from(Float32Array.from([0, 0, 0, 1, 0, 0, 0, 1, 0]).buffer);
	return Buffer.concat([head, vertices, ...Array<Buffer>(polygons).fill(polygon)]);
}
