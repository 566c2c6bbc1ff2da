import { type Material, NodeIO, type Primitive, type Texture } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer';
import sharp from 'sharp';

/** A decoded picture: RGB bytes, row by row from the top. */
export interface Picture {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly rgb: Uint8Array;
}

/** One primitive, in metres in the scene's frame, colours linear 0 to 1 with the factor multiplied in. */
export interface Surface {
	readonly positions: Float32Array;
	readonly normals: Float32Array;
	readonly colors: Float32Array;
	readonly uvs: Float32Array | null;
	readonly indices: Uint32Array;
	readonly roughness: number;
	readonly metalness: number;
	readonly baseColor: Picture | null;
	readonly normal: Picture | null;
	readonly metalRough: Picture | null;
}

async function picture(texture: Texture | null): Promise<Picture | null> {
	const image = texture?.getImage();
	if (!image) return null;
	const { data, info } = await sharp(image)
		.removeAlpha()
		.toColourspace('srgb')
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { widthPx: info.width, heightPx: info.height, rgb: data };
}

function vectors(primitive: Primitive, semantic: string, width: number): Float32Array | null {
	const accessor = primitive.getAttribute(semantic);
	if (!accessor) return null;
	const out = new Float32Array(accessor.getCount() * width);
	const element: number[] = [];
	for (let i = 0; i < accessor.getCount(); i++) {
		accessor.getElement(i, element);
		for (let c = 0; c < width; c++) out[i * width + c] = element[c] ?? 0;
	}
	return out;
}

function moved(positions: Float32Array, matrix: readonly number[]): Float32Array {
	const m = (i: number) => matrix[i] ?? 0;
	for (let i = 0; i < positions.length; i += 3) {
		const x = positions[i] ?? 0;
		const y = positions[i + 1] ?? 0;
		const z = positions[i + 2] ?? 0;
		positions[i] = m(0) * x + m(4) * y + m(8) * z + m(12);
		positions[i + 1] = m(1) * x + m(5) * y + m(9) * z + m(13);
		positions[i + 2] = m(2) * x + m(6) * y + m(10) * z + m(14);
	}
	return positions;
}

function tinted(colors: Float32Array | null, vertexCount: number, material: Material | null) {
	const factor = material?.getBaseColorFactor() ?? [1, 1, 1, 1];
	const out = new Float32Array(vertexCount * 3);
	for (let i = 0; i < out.length; i++) out[i] = (colors?.[i] ?? 1) * (factor[i % 3] ?? 1);
	return out;
}

async function surface(primitive: Primitive, matrix: readonly number[]): Promise<Surface> {
	const material = primitive.getMaterial();
	const positions = vectors(primitive, 'POSITION', 3);
	const normals = vectors(primitive, 'NORMAL', 3);
	const indices = primitive.getIndices()?.getArray();
	if (!positions || !normals || !indices) {
		throw new Error('preview: a primitive lacks positions, normals or indices — give it all three');
	}
	return {
		positions: moved(positions, matrix),
		normals,
		colors: tinted(vectors(primitive, 'COLOR_0', 3), positions.length / 3, material),
		uvs: vectors(primitive, 'TEXCOORD_0', 2),
		indices: new Uint32Array(indices),
		roughness: material?.getRoughnessFactor() ?? 1,
		metalness: material?.getMetallicFactor() ?? 0,
		baseColor: await picture(material?.getBaseColorTexture() ?? null),
		normal: await picture(material?.getNormalTexture() ?? null),
		metalRough: await picture(material?.getMetallicRoughnessTexture() ?? null),
	};
}

/** Reads a GLB whose nodes only move and scale evenly, as ours do. Throws if it cannot be read. */
export async function loadScene(path: string): Promise<Surface[]> {
	await MeshoptDecoder.ready;
	const io = new NodeIO()
		.registerExtensions(ALL_EXTENSIONS)
		.registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
	const doc = await io.read(path);
	const surfaces: Surface[] = [];
	for (const node of doc.getRoot().listNodes()) {
		for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
			surfaces.push(await surface(primitive, node.getWorldMatrix()));
		}
	}
	return surfaces;
}
