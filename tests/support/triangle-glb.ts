const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;

function chunk(type: number, body: Uint8Array, filler: number): Uint8Array {
	const padded = Math.ceil(body.byteLength / 4) * 4;
	const bytes = new Uint8Array(8 + padded).fill(filler, 8);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, padded, true);
	view.setUint32(4, type, true);
	bytes.set(body, 8);
	return bytes;
}

/** The smallest GLB there is something to see in: one triangle, no texture. */
export function aTriangleGlb(): Uint8Array {
	const positions = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]);
	const scene = {
		asset: { version: '2.0' },
		scene: 0,
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0 }],
		meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
		materials: [{ pbrMetallicRoughness: { baseColorFactor: [0.8, 0.6, 0.2, 1] } }],
		accessors: [
			{
				bufferView: 0,
				componentType: 5126,
				count: 3,
				type: 'VEC3',
				min: [0, 0, 0],
				max: [1, 1, 0],
			},
		],
		bufferViews: [{ buffer: 0, byteLength: positions.byteLength }],
		buffers: [{ byteLength: positions.byteLength }],
	};
	const json = chunk(JSON_CHUNK, new TextEncoder().encode(JSON.stringify(scene)), 0x20);
	const binary = chunk(BINARY_CHUNK, new Uint8Array(positions.buffer), 0);
	const header = new Uint8Array(12);
	const view = new DataView(header.buffer);
	view.setUint32(0, MAGIC, true);
	view.setUint32(4, 2, true);
	view.setUint32(8, header.byteLength + json.byteLength + binary.byteLength, true);
	return Buffer.concat([header, json, binary]);
}
