import { COLOUR_MAX } from '../../digitize/colour.ts';
import type { Mesh } from '../../digitize/mesh/mesh.ts';

/** A mesh as scanners' software exports it: a plain GLB with floats and 8-bit colours. */
export function writeScan(mesh: Mesh): Buffer {
	const { positions, normals, colours, indices } = mesh;
	const count = positions.length / 3;
	const low = [0, 1, 2].map((k) => extreme(positions, k, Math.min, Number.POSITIVE_INFINITY));
	const high = [0, 1, 2].map((k) => extreme(positions, k, Math.max, Number.NEGATIVE_INFINITY));
	const bytes = colours && Uint8Array.from(colours, (v) => Math.round((v / COLOUR_MAX) * 255));
	const floats = { componentType: 5126, count, type: 'VEC3' };
	const parts = [
		{ name: 'POSITION', array: positions, accessor: { ...floats, min: low, max: high } },
		...(normals ? [{ name: 'NORMAL', array: normals, accessor: floats }] : []),
		...(bytes
			? [
					{
						name: 'COLOR_0',
						array: bytes,
						accessor: { componentType: 5121, normalized: true, count, type: 'VEC4' },
					},
				]
			: []),
		{
			name: '',
			array: indices,
			accessor: { componentType: 5125, count: indices.length, type: 'SCALAR' },
		},
	];
	let byteOffset = 0;
	const bufferViews = parts.map(({ array }) => {
		const view = { buffer: 0, byteOffset, byteLength: array.byteLength };
		byteOffset += array.byteLength;
		return view;
	});
	const attributes = Object.fromEntries(
		parts.flatMap(({ name }, i) => (name === '' ? [] : [[name, i]])),
	);
	const json = {
		asset: { version: '2.0' },
		scene: 0,
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0 }],
		meshes: [{ primitives: [{ attributes, indices: parts.length - 1 }] }],
		accessors: parts.map(({ accessor }, bufferView) => ({ ...accessor, bufferView })),
		bufferViews,
		buffers: [{ byteLength: byteOffset }],
	};
	return container(
		json,
		parts.map(({ array }) => Buffer.from(array.buffer, array.byteOffset, array.byteLength)),
	);
}

function extreme(
	positions: Float32Array,
	k: number,
	of: (a: number, b: number) => number,
	start: number,
): number {
	let value = start;
	for (let i = k; i < positions.length; i += 3) value = of(value, positions[i] ?? 0);
	return value;
}

function container(json: unknown, chunks: Buffer[]): Buffer {
	const text = Buffer.from(JSON.stringify(json));
	const jsonBytes = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
	const bin = Buffer.concat(chunks);
	const head = Buffer.alloc(28);
	head.write('glTF', 0, 'latin1');
	head.writeUInt32LE(2, 4);
	head.writeUInt32LE(28 + jsonBytes.length + bin.length, 8);
	head.writeUInt32LE(jsonBytes.length, 12);
	head.write('JSON', 16, 'latin1');
	head.writeUInt32LE(bin.length, 20);
	head.write('BIN\0', 24, 'latin1');
	return Buffer.concat([head.subarray(0, 20), jsonBytes, head.subarray(20), bin]);
}
