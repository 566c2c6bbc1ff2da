import { glbOf } from './meshes.ts';

/** Eight megabytes that announce, within what the codec could do, eight gigabytes. */
export function aGreedyGlb(): Buffer {
	const packed = {
		buffer: 0,
		byteLength: 8_000_000,
		byteStride: 256,
		count: 34_000_000,
		mode: 'ATTRIBUTES',
	};
	const greedy = {
		asset: { version: '2.0' },
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0 }],
		meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
		buffers: [{ byteLength: 8_000_000 }, { byteLength: 9_000_000_000 }],
		bufferViews: [
			{
				buffer: 1,
				byteLength: 34_000_000 * 256,
				byteStride: 252,
				extensions: { EXT_meshopt_compression: packed },
			},
		],
		accessors: [{ bufferView: 0, componentType: 5126, type: 'VEC3', count: 34_000_000 }],
	};
	return glbOf(greedy, Buffer.alloc(8_000_000));
}
