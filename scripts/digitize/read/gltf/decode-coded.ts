import {
	type Accessor,
	type Document,
	type JSONDocument,
	Logger,
	PlatformIO,
	type Primitive,
} from '@gltf-transform/core';
import { EXTMeshoptCompression, KHRDracoMeshCompression } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { refuse } from '../../refusal-error.ts';
import type { Column, DecodedPrimitive } from './decoded-primitive.ts';
import type { GltfJson } from './gltf-json.ts';
import type { GltfResources } from './gltf-resources.ts';

const QUIET = new Logger(Logger.Verbosity.SILENT);
const DRACO = 'KHR_draco_mesh_compression';

/** Reads from memory only: nothing a glTF says can make it open a file or an address. */
class MemoryIO extends PlatformIO {
	protected override readURI(): Promise<never> {
		throw new Error('decode: no resource is read here — hand all of them in');
	}

	protected override resolve(_base: string, path: string): string {
		return path;
	}

	protected override dirname(): string {
		return '';
	}
}

/**
 * Decodes the geometry of a checked glTF however it is stored, meshopt and Draco included: one list of
 * primitives a mesh. Only geometry is handed to gltf-transform; images, materials and nodes never reach it.
 */
export async function decodeCoded(
	json: GltfJson,
	resources: GltfResources,
	name: string,
): Promise<DecodedPrimitive[][]> {
	await MeshoptDecoder.ready;
	const io = new MemoryIO()
		.setLogger(QUIET)
		.registerExtensions([EXTMeshoptCompression, KHRDracoMeshCompression])
		.registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
	if (usesDraco(json)) {
		const { createDecoderModule } = await import('draco3dgltf');
		io.registerDependencies({ 'draco3d.decoder': await createDecoderModule() });
	}
	let document: Document;
	try {
		document = await io.readJSON(geometryOnly(json, resources));
	} catch (error) {
		if (error instanceof RangeError) throw error;
		return refuse(
			'structure-invalid',
			`${name} has geometry that does not decode — export it again`,
		);
	}
	const meshes = document.getRoot().listMeshes();
	return meshes.map((mesh) => mesh.listPrimitives().map(decoded));
}

function decoded(primitive: Primitive): DecodedPrimitive {
	const attributes = primitive.listSemantics().flatMap((semantic): [string, Column][] => {
		const column = columnOf(primitive.getAttribute(semantic));
		return column === undefined ? [] : [[semantic, column]];
	});
	return {
		mode: primitive.getMode(),
		attributes: new Map(attributes),
		indices: columnOf(primitive.getIndices()),
	};
}

function columnOf(accessor: Accessor | null): Column | undefined {
	const array = accessor?.getArray();
	if (!accessor || !array) return undefined;
	return {
		array,
		count: accessor.getCount(),
		width: accessor.getElementSize(),
		isNormalized: accessor.getNormalized(),
	};
}

function usesDraco(json: GltfJson): boolean {
	return json.meshes.some((mesh) =>
		mesh.primitives.some((p) => p.extensions?.KHR_draco_mesh_compression !== undefined),
	);
}

/** The bytes without a copy: gltf-transform only reads them, and minds where in a buffer they begin. */
function inPlace(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const { buffer, byteOffset, byteLength } = bytes;
	return buffer instanceof ArrayBuffer
		? new Uint8Array(buffer, byteOffset, byteLength)
		: new Uint8Array(bytes);
}

/** The same geometry as a document of its own. KHR_meshopt_compression has the layout of EXT. */
function geometryOnly(json: GltfJson, resources: GltfResources): JSONDocument {
	const files: Record<string, Uint8Array<ArrayBuffer>> = {};
	const buffers = json.buffers.map(({ byteLength, extensions }, i) => {
		const uri = `${i}.bin`;
		files[uri] = inPlace(resources.buffers[i] ?? new Uint8Array(0));
		const fallback = extensions?.EXT_meshopt_compression ?? extensions?.KHR_meshopt_compression;
		return { uri, byteLength, extensions: fallback && { EXT_meshopt_compression: fallback } };
	});
	const bufferViews = json.bufferViews.map(({ extensions, ...view }) => {
		const packed = extensions?.EXT_meshopt_compression ?? extensions?.KHR_meshopt_compression;
		return packed === undefined
			? view
			: { ...view, extensions: { EXT_meshopt_compression: packed } };
	});
	const meshes = json.meshes.map((mesh) => ({
		primitives: mesh.primitives.map(({ attributes, indices, mode, extensions }) => ({
			attributes,
			mode,
			...(indices === undefined ? {} : { indices }),
			...(extensions === undefined ? {} : { extensions }),
		})),
	}));
	const document = {
		asset: { version: '2.0' },
		extensionsUsed: ['EXT_meshopt_compression', ...(usesDraco(json) ? [DRACO] : [])],
		accessors: json.accessors,
		buffers,
		bufferViews,
		meshes,
	};
	return { json: document as unknown as JSONDocument['json'], resources: files };
}
