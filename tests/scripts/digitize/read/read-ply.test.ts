import { describe, expect, it } from 'vitest';
import { LINEAR_OF_BYTE } from '../../../../scripts/digitize/colour.ts';
import { readPly } from '../../../../scripts/digitize/read/read-ply.ts';
import { aBall, aPly } from '../../../support/meshes.ts';
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
});
