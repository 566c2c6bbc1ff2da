import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { MeshoptEncoder } from 'meshoptimizer/encoder';
import { COLOUR_MAX, LINEAR_OF_BYTE } from '../colour.ts';
import { chooseLattice, toLattice } from '../glb/lattice.ts';
import { boundsOf } from '../mesh/inspect.ts';

/** Points of one file: metres N×3, sRGB bytes N×3. */
export interface PointSet {
	positions: Float32Array;
	colours: Uint8Array;
	/** The distance of neighbours in the scan: decides the grid that positions are rounded to. */
	detailM: number;
	/** How large a viewer should draw the points of this file. */
	pointSizeM: number;
}

export interface PointsGlb {
	/** With EXT_meshopt_compression. */
	glb: Uint8Array;
	/** The same numbers open, for validators that cannot see through the compression. */
	plainGlb: () => Uint8Array;
	/** How far rounding moved a point at most, in metres. */
	roundingM: number;
	gpuBytes: number;
}

/** Points carry noise that corners of a surface do not: four times the step, 1/16 of their distance. */
const COARSER = 4;
const POSITION_BYTES = 8;
const COLOUR_BYTES = 4;

/**
 * Writes points as a GLB: one mesh of POINTS, positions on a metric lattice, colours linear and
 * stretched to full range, both packed by the meshopt codec (version 0) in an order that packs well.
 * `extras.pointSizeM` of the mesh tells a viewer how large to draw them: glTF has no such number.
 * Needs `MeshoptEncoder.ready` and `MeshoptDecoder.ready`. Same points, same bytes.
 */
export function pointsGlb({ positions, colours, detailM, pointSizeM }: PointSet): PointsGlb {
	const count = positions.length / 3;
	const lattice = chooseLattice(boundsOf(positions), Math.max(detailM * COARSER, 1e-7));
	const order = MeshoptEncoder.reorderPoints(positions, 3);
	const cells = toLattice(reordered(positions, order), lattice);
	const paint = packColours(colours, order);
	const streams = [
		pack(new Uint8Array(cells.buffer), count, POSITION_BYTES),
		pack(paint.bytes, count, COLOUR_BYTES),
	];
	const json = (isPacked: boolean) => ({
		asset: { version: '2.0', generator: 'xishan' },
		extensionsUsed: [
			'KHR_mesh_quantization',
			'KHR_materials_unlit',
			...(isPacked ? [MESHOPT] : []),
		],
		extensionsRequired: ['KHR_mesh_quantization', ...(isPacked ? [MESHOPT] : [])],
		scene: 0,
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0, translation: lattice.origin, scale: Array(3).fill(lattice.stepM) }],
		meshes: [
			{
				primitives: [{ attributes: { POSITION: 0, COLOR_0: 1 }, material: 0, mode: 0 }],
				extras: { pointSizeM: Number(pointSizeM.toPrecision(6)) },
			},
		],
		materials: [
			{
				pbrMetallicRoughness: { baseColorFactor: [...paint.scale, 1], metallicFactor: 0 },
				extensions: { KHR_materials_unlit: {} },
			},
		],
		accessors: accessors(cells, count),
		...layout(streams, count, isPacked),
	});
	const body = (isPacked: boolean) => streams.flatMap((s) => padded(isPacked ? s.packed : s.plain));
	return {
		glb: container(json(true), body(true)),
		plainGlb: () => container(json(false), body(false)),
		roundingM: (lattice.stepM * Math.sqrt(3)) / 2,
		gpuBytes: count * (POSITION_BYTES + COLOUR_BYTES),
	};
}

const MESHOPT = 'EXT_meshopt_compression';

interface PackedStream {
	plain: Uint8Array;
	packed: Uint8Array;
	stride: number;
}

/** Packs an array and unpacks it again: it must come back whole. */
function pack(plain: Uint8Array, count: number, stride: number): PackedStream {
	const packed = MeshoptEncoder.encodeGltfBuffer(plain, count, stride, 'ATTRIBUTES');
	const back = new Uint8Array(plain.length);
	MeshoptDecoder.decodeGltfBuffer(back, count, stride, packed, 'ATTRIBUTES');
	if (Buffer.compare(back, plain) !== 0) {
		throw new Error('points: packed numbers do not come back — a bug in the writer');
	}
	return { plain, packed, stride };
}

function reordered(positions: Float32Array, order: Uint32Array): Float32Array {
	const out = new Float32Array(positions.length);
	for (let i = 0; i < order.length; i += 1) {
		const to = (order[i] ?? 0) * 3;
		out[to] = positions[i * 3] ?? 0;
		out[to + 1] = positions[i * 3 + 1] ?? 0;
		out[to + 2] = positions[i * 3 + 2] ?? 0;
	}
	return out;
}

/** Linear bytes, each channel stretched to its full range; the material is darkened to match. */
function packColours(
	colours: Uint8Array,
	order: Uint32Array,
): { bytes: Uint8Array; scale: [number, number, number] } {
	const top = [1, 1, 1];
	for (let i = 0; i < colours.length; i += 1) {
		if ((colours[i] ?? 0) > (top[i % 3] ?? 0)) top[i % 3] = colours[i] ?? 0;
	}
	const linear = top.map((value) => LINEAR_OF_BYTE[value] ?? 1);
	const tables = linear.map((most) =>
		Uint8Array.from(LINEAR_OF_BYTE, (value) => Math.min(Math.round((value / most) * 255), 255)),
	);
	const [red, green, blue] = tables;
	const bytes = new Uint8Array(order.length * COLOUR_BYTES).fill(255);
	for (let i = 0; i < order.length; i += 1) {
		const to = (order[i] ?? 0) * COLOUR_BYTES;
		bytes[to] = red?.[colours[i * 3] ?? 0] ?? 0;
		bytes[to + 1] = green?.[colours[i * 3 + 1] ?? 0] ?? 0;
		bytes[to + 2] = blue?.[colours[i * 3 + 2] ?? 0] ?? 0;
	}
	const [r = 1, g = 1, b = 1] = linear.map((value) => value / COLOUR_MAX);
	return { bytes, scale: [r, g, b] };
}

function accessors(cells: Uint16Array, count: number): Record<string, unknown>[] {
	const min = [65_535, 65_535, 65_535];
	const max = [0, 0, 0];
	for (let i = 0; i < cells.length; i += 4) {
		for (let k = 0; k < 3; k += 1) {
			const value = cells[i + k] ?? 0;
			if (value < (min[k] ?? 0)) min[k] = value;
			if (value > (max[k] ?? 0)) max[k] = value;
		}
	}
	return [
		{ bufferView: 0, componentType: 5123, count, type: 'VEC3', min, max },
		{ bufferView: 1, componentType: 5121, normalized: true, count, type: 'VEC4' },
	];
}

function layout(
	streams: PackedStream[],
	count: number,
	isPacked: boolean,
): { bufferViews: unknown[]; buffers: unknown[] } {
	let at = 0;
	let open = 0;
	const bufferViews = streams.map(({ plain, packed, stride }) => {
		const common = { byteLength: plain.length, byteStride: stride, target: 34_962 };
		const byteOffset = isPacked ? open : at;
		const coding = { buffer: 0, byteOffset: at, byteLength: packed.length, byteStride: stride };
		at += ceil4((isPacked ? packed : plain).length);
		open += ceil4(plain.length);
		if (!isPacked) return { buffer: 0, byteOffset, ...common };
		const extensions = { [MESHOPT]: { ...coding, count, mode: 'ATTRIBUTES' } };
		return { buffer: 1, byteOffset, ...common, extensions };
	});
	const fallback = { byteLength: open, extensions: { [MESHOPT]: { fallback: true } } };
	return { bufferViews, buffers: [{ byteLength: at }, ...(isPacked ? [fallback] : [])] };
}

function ceil4(length: number): number {
	return Math.ceil(length / 4) * 4;
}

function padded(bytes: Uint8Array): Uint8Array[] {
	return [bytes, new Uint8Array(ceil4(bytes.length) - bytes.length)];
}

function container(json: unknown, body: Uint8Array[]): Uint8Array {
	const text = Buffer.from(JSON.stringify(json));
	const blanks = Buffer.alloc(ceil4(text.length) - text.length, ' ');
	const bin = Buffer.concat(body);
	const head = Buffer.alloc(20);
	head.write('glTF', 0, 'latin1');
	head.writeUInt32LE(2, 4);
	head.writeUInt32LE(28 + text.length + blanks.length + bin.length, 8);
	head.writeUInt32LE(text.length + blanks.length, 12);
	head.write('JSON', 16, 'latin1');
	const binHead = Buffer.alloc(8);
	binHead.writeUInt32LE(bin.length, 0);
	binHead.write('BIN\0', 4, 'latin1');
	return Buffer.concat([head, text, blanks, binHead, bin]);
}
