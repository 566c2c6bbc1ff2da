import { describe, expect, it } from 'vitest';
import { readGltf } from '../../../../../scripts/digitize/read/gltf/read-gltf.ts';
import { glbOf } from '../../../../support/meshes.ts';
import { sourceOf } from '../../source-of.ts';

const POSITIONS = [0, 0, 0, 1, 0, 0, 0, 3, 0];
const NORMALS = [0, 0, 1, 0, 0, 1, 0, 1, 0];

/** One triangle, its positions from `start` on, its normals `gap` bytes behind the first of them. */
function aTriangle(start: number, gap: number, stride: number): Buffer {
	const bytes = Buffer.alloc(96);
	for (let vertex = 0; vertex < 3; vertex += 1) {
		for (let k = 0; k < 3; k += 1) {
			const at = start + vertex * stride + k * 4;
			bytes.writeFloatLE(POSITIONS[vertex * 3 + k] ?? 0, at);
			bytes.writeFloatLE(NORMALS[vertex * 3 + k] ?? 0, at + gap);
		}
	}
	const accessor = { bufferView: 0, componentType: 5126, type: 'VEC3', count: 3 };
	const byteStride = stride === 12 ? {} : { byteStride: stride };
	const json = {
		asset: { version: '2.0' },
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0 }],
		meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1 } }] }],
		buffers: [{ byteLength: bytes.length }],
		bufferViews: [{ buffer: 0, byteLength: bytes.length, ...byteStride }],
		accessors: [
			{ ...accessor, byteOffset: start },
			{ ...accessor, byteOffset: start + gap },
		],
	};
	return glbOf(json, bytes);
}

describe('reading glTF whose numbers lie open', () => {
	it('leaves arrays where they lie in the file, and copies what is interleaved or lies askew', async () => {
		const layouts = { tight: [0, 36, 12], interleaved: [0, 12, 24], askew: [2, 36, 12] };
		for (const [name, [start = 0, gap = 0, stride = 0]] of Object.entries(layouts)) {
			const bytes = aTriangle(start, gap, stride);
			const { mesh } = await readGltf(sourceOf('scan.glb', bytes), 'glb');
			expect([...mesh.positions]).toEqual(POSITIONS);
			expect([...(mesh.normals ?? [])]).toEqual(NORMALS);
			expect(mesh.positions.buffer === bytes.buffer).toBe(name === 'tight');
		}
	});
});
