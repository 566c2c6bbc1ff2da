import type { Column, DecodedPrimitive } from './decoded-primitive.ts';
import type { GltfAccessor, GltfJson, GltfPrimitive } from './gltf-json.ts';
import type { GltfResources } from './gltf-resources.ts';

const KINDS = {
	5120: Int8Array,
	5121: Uint8Array,
	5122: Int16Array,
	5123: Uint16Array,
	5125: Uint32Array,
	5126: Float32Array,
} as const;

const WIDTHS: { readonly [type in GltfAccessor['type']]?: number } = {
	SCALAR: 1,
	VEC2: 2,
	VEC3: 3,
	VEC4: 4,
};

/**
 * The geometry of a checked glTF where it lies in the file as arrays: nothing is copied, which spares the
 * memory of the whole file once. Undefined where any of it is compressed, sparse, interleaved or does not
 * lie at a multiple of its size.
 */
export function viewPlain(
	json: GltfJson,
	resources: GltfResources,
): DecodedPrimitive[][] | undefined {
	const columns = new Map<number, Column | undefined>();
	const columnAt = (index: number): Column | undefined => {
		if (!columns.has(index)) columns.set(index, view(json, resources, json.accessors[index]));
		return columns.get(index);
	};
	const meshes: DecodedPrimitive[][] = [];
	for (const { primitives } of json.meshes) {
		const decoded = primitives.flatMap((primitive) => viewPrimitive(primitive, columnAt) ?? []);
		if (decoded.length < primitives.length) return undefined;
		meshes.push(decoded);
	}
	return meshes;
}

function viewPrimitive(
	{ mode, attributes, indices, extensions }: GltfPrimitive,
	columnAt: (index: number) => Column | undefined,
): DecodedPrimitive | undefined {
	if (extensions?.KHR_draco_mesh_compression !== undefined) return undefined;
	const viewed = new Map<string, Column>();
	for (const [semantic, index] of Object.entries(attributes)) {
		const column = columnAt(index);
		if (column === undefined) return undefined;
		viewed.set(semantic, column);
	}
	const corners = indices === undefined ? undefined : columnAt(indices);
	if (indices !== undefined && corners === undefined) return undefined;
	return { mode, attributes: viewed, indices: corners };
}

function view(
	json: GltfJson,
	{ buffers }: GltfResources,
	accessor: GltfAccessor | undefined,
): Column | undefined {
	const place = json.bufferViews[accessor?.bufferView ?? -1];
	if (accessor === undefined || place === undefined || place.extensions !== undefined)
		return undefined;
	const bytes = buffers[place.buffer];
	const width = WIDTHS[accessor.type];
	const isPlain = accessor.sparse === undefined && bytes?.buffer instanceof ArrayBuffer;
	if (!isPlain || width === undefined) return undefined;
	const Kind = KINDS[accessor.componentType as keyof typeof KINDS];
	const size = Kind.BYTES_PER_ELEMENT;
	const at = bytes.byteOffset + place.byteOffset + accessor.byteOffset;
	if ((place.byteStride ?? size * width) !== size * width || at % size !== 0) return undefined;
	const { count, normalized: isNormalized = false } = accessor;
	return { array: new Kind(bytes.buffer, at, count * width), count, width, isNormalized };
}
