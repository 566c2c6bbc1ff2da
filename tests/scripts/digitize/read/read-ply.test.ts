import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LINEAR_OF_BYTE } from '../../../../scripts/digitize/colour.ts';
import { areaOf } from '../../../../scripts/digitize/mesh/inspect.ts';
import { readPly } from '../../../../scripts/digitize/read/read-ply.ts';
import { aBall, aPly, aTexture } from '../../../support/meshes.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { sourceOf } from '../source-of.ts';

const parse = (bytes: Uint8Array | string) => readPly(sourceOf('scan.ply', bytes));

const square = (faces: string, count: number, more = '') => `ply
format ascii 1.0
${more}element vertex 4
property float x
property float y
property float z
element face ${count}
property list uchar int vertex_indices
end_header
0 0 0
1 0 0
1 1 0
0 1 0
${faces}
`;

describe('reading PLY', () => {
	it.each(['ascii', 'binary_little_endian', 'binary_big_endian'] as const)(
		'gives the same mesh from %s, in floats and doubles',
		async (encoding) => {
			for (const scalar of ['float', 'double'] as const) {
				const { mesh } = await parse(aPly({ encoding, scalar, hasColours: true }));
				expect([...mesh.indices]).toEqual(aBall().indices);
				expect(mesh.positions).toEqual(Float32Array.from(aBall().positions));
				const red = Math.round((aBall().colours[0] ?? 0) * 255);
				expect(mesh.colours?.[0]).toBe(LINEAR_OF_BYTE[red]);
				expect(mesh.colours?.[3]).toBe(65535);
			}
		},
	);

	it('cuts polygons into fans', async () => {
		const { mesh } = await parse(square('4 0 1 2 3\n3 0 1 2', 2));
		expect([...mesh.indices]).toEqual([0, 1, 2, 0, 2, 3, 0, 1, 2]);
	});

	it('cuts concave polygons within their outline', async () => {
		const arrow = square('4 0 1 2 3', 1).replace('1 1 0\n', '0.1 0.1 0\n');
		expect([...(await parse(arrow)).mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
		const turned = await parse(arrow.replace('4 0 1 2 3', '4 1 2 3 0'));
		expect([...turned.mesh.indices]).toEqual([2, 3, 0, 2, 0, 1]);
		const letterL = '0 0 0\n2 0 0\n2 1 0\n1 1 0\n1 2 0\n0 2 0\n';
		const text = square('6 1 2 3 4 5 0', 1)
			.replace('vertex 4', 'vertex 6')
			.replace(/0 0 0\n1 0 0\n1 1 0\n0 1 0\n/, letterL);
		const { mesh } = await parse(text);
		expect(mesh.indices.length).toBe(12);
		expect(areaOf(mesh)).toBeCloseTo(3, 6);
	});

	it('reads every scalar type, and colours as shares of 1', async () => {
		const types = ['char', 'uint8', 'int16', 'ushort', 'int32', 'uint', 'float32', 'double'];
		for (const type of types) {
			const text = square('3 0 1 2', 1).replaceAll('property float', `property ${type}`);
			expect((await parse(text)).mesh.positions.slice(3, 6)).toEqual(Float32Array.of(1, 0, 0));
		}
		const colours = ['red', 'green', 'blue'].map((c) => `property float ${c}\n`).join('');
		const painted = square('3 0 1 2', 1)
			.replace('element face', `${colours}element face`)
			.replace(/^(\d \d 0)$/gm, '$1 1 0.5 0');
		const { mesh } = await parse(painted);
		expect([...(mesh.colours?.slice(0, 4) ?? [])]).toEqual([65535, 14_027, 0, 65535]);
	});

	it('reads texture coordinates of faces, several textures, and says which are missing', async () => {
		await using folder = await temporaryFolder('ply');
		await writeFile(join(folder.path, 'a.png'), await aTexture(16));
		const faces = '3 0 1 2 6 0 0 1 0 1 1 0\n3 0 2 3 6 0.5 0 1 1 0 1 1\n3 0 1 3 6 0 0 1 0 0 1 -1';
		const text = square(
			faces,
			3,
			'comment TextureFile A.PNG\ncomment TextureFile gone.png\n',
		).replace(
			'end_header',
			'property list uchar float texcoord\nproperty int texnumber\nend_header',
		);
		const { mesh, materials, textures, findings } = await readPly(
			sourceOf('scan.ply', text, folder.path),
		);
		expect(textures).toMatchObject([{ name: 'A.PNG', widthPx: 16 }]);
		expect(materials.map((m) => m.maps.baseColor?.texture)).toEqual([0, undefined, undefined]);
		expect([...mesh.indices].map((i) => mesh.materialOf[i])).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
		const uvs = [...mesh.indices]
			.slice(0, 6)
			.map((i) => [...(mesh.uvs ?? [])].slice(i * 2, i * 2 + 2));
		expect(uvs).toEqual([
			[0, 1],
			[1, 1],
			[1, 0],
			[0.5, 1],
			[1, 0],
			[0, 0],
		]);
		expect(mesh.positions.slice(0, 3)).toEqual(Float32Array.of(0, 0, 0));
		expect(findings.map((f) => [f.code, f.values.file])).toEqual([
			['found-by-name', 'A.PNG'],
			['texture-missing', 'gone.png'],
		]);
	});

	it('reads texture coordinates of vertices', async () => {
		await using folder = await temporaryFolder('ply');
		await writeFile(join(folder.path, 'a.png'), await aTexture(16));
		const text = square('3 0 1 2', 1, 'comment TextureFile a.png\n')
			.replace('element face', 'property float s\nproperty float t\nelement face')
			.replace(/^(\d \d 0)$/gm, '$1 0.25 0.75');
		const { mesh, materials } = await readPly(sourceOf('scan.ply', text, folder.path));
		expect([...(mesh.uvs?.slice(0, 2) ?? [])]).toEqual([0.25, 0.25]);
		expect(materials[mesh.materialOf[0] ?? 9]?.maps.baseColor?.texture).toBe(0);
	});

	it('reads files longer than a window, with faces of other sizes among the triangles', async () => {
		const mesh = aBall(60_000);
		for (const encoding of ['ascii', 'binary_little_endian', 'binary_big_endian'] as const) {
			const scan = await parse(aPly({ mesh, encoding }));
			expect(scan.mesh.positions).toEqual(Float32Array.from(mesh.positions));
			expect(scan.mesh.indices).toEqual(Uint32Array.from(mesh.indices));
		}
		const mixed = await parse(square('3 0 1 2\n4 0 1 2 3\n3 0 2 3', 3));
		expect([...mixed.mesh.indices]).toEqual([0, 1, 2, 0, 1, 2, 0, 2, 3, 0, 2, 3]);
	});

	it('unrolls triangle strips, restarting at -1', async () => {
		const text = square('6 0 1 2 3 -1 0', 1)
			.replace('element face', 'element tristrips')
			.replace('vertex_indices', 'vertex_indices');
		const { mesh } = await parse(text);
		expect([...mesh.indices]).toEqual([0, 1, 2, 2, 1, 3]);
	});

	it('skips elements and properties it does not know', async () => {
		const text = square('3 0 1 2', 1, 'element camera 2\nproperty list uchar float matrix\n');
		const { mesh } = await parse(text.replace('end_header\n', 'end_header\n2 1.5 2\n0\n'));
		expect(mesh.positions.slice(3, 6)).toEqual(Float32Array.of(1, 0, 0));
	});

	it('reads headers with carriage returns', async () => {
		const { mesh } = await parse(square('3 0 1 2', 1).replaceAll('\n', '\r\n'));
		expect([...mesh.indices]).toEqual([0, 1, 2]);
	});

	it('keeps millimetres of coordinates in the hundred thousands', async () => {
		const mesh = aBall();
		const far = mesh.positions.map((v, i) => v + ([431_000, 4_422_000, 95][i % 3] ?? 0));
		const scan = await parse(
			aPly({ mesh: { ...mesh, positions: far }, scalar: 'double', encoding: 'ascii' }),
		);
		expect(scan.origin).toEqual([431_000, 4_422_001, 95]);
		const first = (scan.mesh.positions[3] ?? 0) + scan.origin[0];
		expect(first).toBeCloseTo(far[3] ?? 0, 6);
	});

	it('finds textures with Chinese names, in UTF-8 and in the encoding of Chinese Windows', async () => {
		await using folder = await temporaryFolder('ply-names');
		await writeFile(join(folder.path, '贴图.png'), await aTexture(16));
		const list = 'property list uchar float texcoord\nend_header';
		const text = square('3 0 1 2 6 0 0 1 0 1 1', 1, 'comment TextureFile @.png\n');
		const [before = '', behind = ''] = text.replace('end_header', list).split('@');
		for (const stem of [Buffer.from('贴图'), Buffer.from([0xcc, 0xf9, 0xcd, 0xbc])]) {
			const bytes = Buffer.concat([Buffer.from(before), stem, Buffer.from(behind)]);
			const { textures, findings } = await readPly(sourceOf('scan.ply', bytes, folder.path));
			expect(textures.map(({ name }) => name)).toEqual(['贴图.png']);
			expect(findings).toEqual([]);
		}
	});
});
