import { guardTriangles, impossibleCount, MAX_TRIANGLES } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import { checkNodes } from './check-nodes.ts';
import type { GltfAccessor, GltfBufferView, GltfJson, GltfPrimitive } from './gltf-json.ts';
import type { GltfResources } from './gltf-resources.ts';

const COMPONENT_BYTES: Readonly<Record<number, number>> = {
	5120: 1,
	5121: 1,
	5122: 2,
	5123: 2,
	5125: 4,
	5126: 4,
};

const COMPONENTS: Readonly<Record<GltfAccessor['type'], number>> = {
	SCALAR: 1,
	VEC2: 2,
	VEC3: 3,
	VEC4: 4,
	MAT2: 4,
	MAT3: 9,
	MAT4: 16,
};

/** The best the meshopt codec can do: a block of constant columns takes 2 bits for 256 bytes. */
const MAX_MESHOPT_RATIO = 1100;

/** The most vertices a scan within the triangle limit can need. */
const MAX_ELEMENTS = MAX_TRIANGLES * 3;

/**
 * Proves that no reference in a glTF points past the end of anything, that counts fit the bytes that
 * hold them, and that nodes form trees; so that decoding afterwards can trust them. Index values are
 * checked when they are decoded.
 */
export function checkGltf(json: GltfJson, resources: GltfResources, name: string): void {
	for (const view of json.bufferViews) checkView(view, json, resources, name);
	for (const accessor of json.accessors) checkAccessor(accessor, json, name);
	for (const mesh of json.meshes) {
		for (const primitive of mesh.primitives) checkPrimitive(primitive, json, name);
	}
	checkMaterials(json, name);
	checkNodes(json, name);
}

function checkView(
	view: GltfBufferView,
	json: GltfJson,
	resources: GltfResources,
	name: string,
): void {
	const packed =
		view.extensions?.EXT_meshopt_compression ?? view.extensions?.KHR_meshopt_compression;
	const buffer = json.buffers[view.buffer] ?? broken(name, 'buffer view');
	if (view.byteOffset + view.byteLength > buffer.byteLength) impossibleCount(name);
	if (packed === undefined) {
		if (resources.buffers[view.buffer] === undefined) broken(name, 'buffer');
		return;
	}
	const from = json.buffers[packed.buffer] ?? broken(name, 'buffer view');
	if (resources.buffers[packed.buffer] === undefined) broken(name, 'buffer');
	if (packed.byteOffset + packed.byteLength > from.byteLength) impossibleCount(name);
	const decodedBytes = packed.count * packed.byteStride;
	if (packed.count > MAX_ELEMENTS || decodedBytes > packed.byteLength * MAX_MESHOPT_RATIO) {
		impossibleCount(name);
	}
	if (view.byteLength > decodedBytes) impossibleCount(name);
}

function checkAccessor(accessor: GltfAccessor, json: GltfJson, name: string): void {
	if (accessor.count > MAX_ELEMENTS) impossibleCount(name);
	const bytes = (COMPONENT_BYTES[accessor.componentType] ?? 4) * COMPONENTS[accessor.type];
	if (accessor.bufferView !== undefined) {
		const view = json.bufferViews[accessor.bufferView] ?? broken(name, 'accessor');
		const packed =
			view.extensions?.EXT_meshopt_compression ?? view.extensions?.KHR_meshopt_compression;
		const stride = packed?.byteStride ?? view.byteStride ?? bytes;
		const last = accessor.byteOffset + stride * (accessor.count - 1) + bytes;
		if (accessor.count > 0 && last > view.byteLength) impossibleCount(name);
	}
	if (accessor.sparse !== undefined) checkSparse(accessor, bytes, json, name);
}

function checkSparse(
	accessor: GltfAccessor,
	elementBytes: number,
	json: GltfJson,
	name: string,
): void {
	const { sparse } = accessor;
	if (sparse === undefined) return;
	if (sparse.count > accessor.count) impossibleCount(name);
	const parts = [
		[sparse.indices, COMPONENT_BYTES[sparse.indices.componentType] ?? 4],
		[sparse.values, elementBytes],
	] as const;
	for (const [part, bytes] of parts) {
		const view = json.bufferViews[part.bufferView] ?? broken(name, 'accessor');
		if (part.byteOffset + sparse.count * bytes > view.byteLength) impossibleCount(name);
	}
}

function checkPrimitive(primitive: GltfPrimitive, json: GltfJson, name: string): void {
	checkFilled(primitive, json, name);
	const { POSITION: positions } = primitive.attributes;
	const count = positions === undefined ? 0 : json.accessors[positions]?.count;
	const counts = Object.values(primitive.attributes).map((i) => json.accessors[i]?.count);
	if (counts.some((c) => c !== count)) {
		refuse(
			'structure-invalid',
			`${name} has a mesh whose attributes differ in length — export it again`,
		);
	}
	const corners =
		primitive.indices === undefined ? count : json.accessors[primitive.indices]?.count;
	guardTriangles((corners ?? 0) / 3, name);
}

/** Every accessor of a primitive exists and has data, its own or Draco's. */
function checkFilled(primitive: GltfPrimitive, json: GltfJson, name: string): void {
	const draco = primitive.extensions?.KHR_draco_mesh_compression;
	const used = Object.values(primitive.attributes);
	if (primitive.indices !== undefined) used.push(primitive.indices);
	for (const index of used) {
		const accessor = json.accessors[index] ?? broken(name, 'primitive');
		const isFilled = accessor.bufferView !== undefined || accessor.sparse !== undefined;
		if (draco === undefined && !isFilled && accessor.count > 0) {
			refuse('structure-invalid', `${name} has a mesh without data — export it again`);
		}
	}
	if (draco !== undefined && json.bufferViews[draco.bufferView] === undefined) {
		broken(name, 'primitive');
	}
}

function checkMaterials(json: GltfJson, name: string): void {
	for (const { source, extensions } of json.textures) {
		const others = Object.values(extensions ?? {}).map((extension) => extension?.source);
		const sources = [source, ...others];
		if (sources.some((s) => s !== undefined && s >= json.images.length)) broken(name, 'texture');
	}
	for (const { bufferView, uri } of json.images) {
		const isThere =
			bufferView === undefined ? uri !== undefined : bufferView < json.bufferViews.length;
		if (!isThere) broken(name, 'image');
	}
}

function broken(name: string, what: string): never {
	return refuse(
		'structure-invalid',
		`${name} has a ${what} that points at something which does not exist — export it again`,
	);
}
