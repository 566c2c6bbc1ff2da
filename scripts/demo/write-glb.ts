import { writeFile } from 'node:fs/promises';
import { Document, Logger, type Material, NodeIO, type Primitive } from '@gltf-transform/core';
import {
	EXTMeshoptCompression,
	EXTTextureWebP,
	KHRMeshQuantization,
} from '@gltf-transform/extensions';
import { quantize, reorder } from '@gltf-transform/functions';
import { MeshoptEncoder } from 'meshoptimizer';
import sharp from 'sharp';
import type { DemoMaterial, DemoPart } from './demo-part.ts';
import { linearColors } from './linear-colors.ts';
import { mergeParts } from './merge-parts.ts';

export type { DemoMaterial, DemoPart } from './demo-part.ts';

/** 14 bits on the longest side: 0.06 mm on an object of one metre. */
const POSITION_BITS = 14;
/** Filtered octahedral normals; more than 8 bits double their size. */
const NORMAL_BITS = 8;
const TEXCOORD_BITS = 13;
const WEBP_QUALITY = 88;

async function addTexture(doc: Document, name: string, png: Uint8Array) {
	const webp = await sharp(png).webp({ quality: WEBP_QUALITY, effort: 4 }).toBuffer();
	doc.createExtension(EXTTextureWebP).setRequired(true);
	return doc.createTexture(name).setImage(new Uint8Array(webp)).setMimeType('image/webp');
}

async function addMaterial(doc: Document, from: DemoMaterial, peak: number): Promise<Material> {
	const [red, green, blue, alpha] = from.baseColor;
	const material = doc
		.createMaterial(from.name)
		.setBaseColorFactor([red * peak, green * peak, blue * peak, alpha])
		.setRoughnessFactor(from.roughness)
		.setMetallicFactor(from.metalness)
		.setDoubleSided(from.doubleSided ?? false);
	if (from.baseColorPng) {
		material.setBaseColorTexture(await addTexture(doc, `${from.name}-color`, from.baseColorPng));
	}
	if (from.normalPng) {
		material.setNormalTexture(await addTexture(doc, `${from.name}-normal`, from.normalPng));
	}
	if (from.metalRoughPng) {
		const texture = await addTexture(doc, `${from.name}-roughness`, from.metalRoughPng);
		material.setMetallicRoughnessTexture(texture);
	}
	return material;
}

async function addPrimitive(doc: Document, part: DemoPart): Promise<Primitive> {
	const buffer = doc.getRoot().listBuffers()[0] ?? doc.createBuffer();
	const vertexCount = part.positions.length / 3;
	const vector = (array: Float32Array<ArrayBuffer>, type: 'VEC2' | 'VEC3') =>
		doc.createAccessor().setBuffer(buffer).setType(type).setArray(array);
	const primitive = doc
		.createPrimitive()
		.setAttribute('POSITION', vector(new Float32Array(part.positions), 'VEC3'))
		.setAttribute('NORMAL', vector(new Float32Array(part.normals), 'VEC3'))
		.setIndices(
			doc
				.createAccessor()
				.setBuffer(buffer)
				.setType('SCALAR')
				.setArray(new Uint32Array(part.indices)),
		);
	if (part.uvs) {
		primitive.setAttribute('TEXCOORD_0', vector(new Float32Array(part.uvs), 'VEC2'));
	}
	let peak = 1;
	if (part.colors) {
		const linear = linearColors(part.colors, vertexCount);
		peak = linear.peak;
		const accessor = doc
			.createAccessor()
			.setBuffer(buffer)
			.setType(part.colors.length === vertexCount * 4 ? 'VEC4' : 'VEC3')
			.setNormalized(true)
			.setArray(linear.colors);
		primitive.setAttribute('COLOR_0', accessor);
	}
	return primitive.setMaterial(await addMaterial(doc, part.material, peak));
}

/**
 * The bytes of a GLB with one mesh, one primitive a material, quantised and meshopt-compressed.
 * Parts whose materials share a name are merged. Same parts, same bytes.
 */
export async function encodeGlb(parts: readonly DemoPart[]): Promise<Uint8Array> {
	await MeshoptEncoder.ready;
	const doc = new Document().setLogger(new Logger(Logger.Verbosity.ERROR));
	const asset = doc.getRoot().getAsset();
	asset.generator = 'Xishan scripts/demo';
	asset.copyright = 'CC0 1.0, sample object 示例 made by the Xishan project';
	const mesh = doc.createMesh('sample');
	for (const part of mergeParts(parts)) {
		mesh.addPrimitive(await addPrimitive(doc, part));
	}
	doc.createScene().addChild(doc.createNode('sample').setMesh(mesh));
	await doc.transform(
		reorder({ encoder: MeshoptEncoder, target: 'size', cleanup: false }),
		quantize({
			pattern: /^(POSITION|TEXCOORD_0)$/,
			quantizePosition: POSITION_BITS,
			quantizeNormal: NORMAL_BITS,
			quantizeTexcoord: TEXCOORD_BITS,
		}),
	);
	doc
		.createExtension(EXTMeshoptCompression)
		.setRequired(true)
		.setEncoderOptions({ method: EXTMeshoptCompression.EncoderMethod.FILTER });
	const io = new NodeIO()
		.registerExtensions([EXTMeshoptCompression, KHRMeshQuantization, EXTTextureWebP])
		.registerDependencies({ 'meshopt.encoder': MeshoptEncoder });
	return io.writeBinary(doc);
}

/** Writes the parts as one GLB to `path`. Throws if a part's arrays disagree in length. */
export async function writeGlb(parts: readonly DemoPart[], path: string): Promise<void> {
	await writeFile(path, await encodeGlb(parts));
}
