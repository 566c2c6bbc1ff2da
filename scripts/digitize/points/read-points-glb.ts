import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { toSrgb } from '../colour.ts';
import type { PaintedPoints } from './select-points.ts';

/** What `pointsGlb` writes, as far as it is read here. */
interface PointsJson {
	nodes: { translation: number[]; scale: number[] }[];
	meshes: { extras: { pointSizeM: number } }[];
	materials: { pbrMetallicRoughness: { baseColorFactor: number[] } }[];
	bufferViews: {
		extensions: {
			EXT_meshopt_compression: {
				byteOffset: number;
				byteLength: number;
				byteStride: number;
				count: number;
			};
		};
	}[];
}

/** Decodes a file that `pointsGlb` wrote: what a viewer would show. Reads no foreign files. */
export async function readPointsGlb(glb: Buffer): Promise<PaintedPoints & { pointSizeM: number }> {
	await MeshoptDecoder.ready;
	const jsonBytes = glb.readUInt32LE(12);
	const json = JSON.parse(glb.toString('utf8', 20, 20 + jsonBytes)) as PointsJson;
	const body = glb.subarray(28 + jsonBytes);
	const [cells, paint] = json.bufferViews.map(({ extensions }) => {
		const { byteOffset, byteLength, byteStride, count } = extensions.EXT_meshopt_compression;
		const out = new Uint8Array(count * byteStride);
		const packed = body.subarray(byteOffset, byteOffset + byteLength);
		MeshoptDecoder.decodeGltfBuffer(out, count, byteStride, packed, 'ATTRIBUTES');
		return out;
	});
	if (cells === undefined || paint === undefined) throw new Error('points: not our own GLB');
	const { translation = [], scale = [] } = json.nodes[0] ?? {};
	const factor = json.materials[0]?.pbrMetallicRoughness.baseColorFactor ?? [];
	const lattice = new Uint16Array(cells.buffer);
	const count = lattice.length / 4;
	const positions = new Float32Array(count * 3);
	const colours = new Uint8Array(count * 3);
	const tables = [0, 1, 2].map((k) =>
		Uint8Array.from({ length: 256 }, (_, v) =>
			Math.round(toSrgb((v / 255) * (factor[k] ?? 1)) * 255),
		),
	);
	for (let i = 0; i < count; i += 1) {
		for (let k = 0; k < 3; k += 1) {
			positions[i * 3 + k] = (lattice[i * 4 + k] ?? 0) * (scale[k] ?? 1) + (translation[k] ?? 0);
			colours[i * 3 + k] = tables[k]?.[paint[i * 4 + k] ?? 0] ?? 0;
		}
	}
	return { positions, colours, pointSizeM: json.meshes[0]?.extras.pointSizeM ?? 0.001 };
}
