import { z } from 'zod';

/*
 * The part of glTF 2.0 that a scan is made of. Unknown keys fall away, so what passes here is all
 * that any later step can see of an untrusted file.
 */

const index = z.int().nonnegative();
const count = z.int().nonnegative();
const name = z.string().optional();
const vec3 = z.array(z.number()).length(3);
const vec4 = z.array(z.number()).length(4);

/** A buffer view compressed with meshopt; KHR_meshopt_compression has the same shape as EXT. */
const meshopt = z.object({
	buffer: index,
	byteOffset: count.default(0),
	byteLength: count,
	byteStride: z.int().positive().max(256),
	count,
	mode: z.enum(['ATTRIBUTES', 'TRIANGLES', 'INDICES']),
	filter: z.enum(['NONE', 'OCTAHEDRAL', 'QUATERNION', 'EXPONENTIAL', 'COLOR']).optional(),
});

const bufferView = z.object({
	buffer: index,
	byteOffset: count.default(0),
	byteLength: count,
	byteStride: z.int().min(4).max(252).optional(),
	extensions: z
		.object({
			EXT_meshopt_compression: meshopt.optional(),
			KHR_meshopt_compression: meshopt.optional(),
		})
		.optional(),
});

const fallback = z.object({ fallback: z.boolean().optional() }).optional();

const buffer = z.object({
	uri: z.string().optional(),
	byteLength: count,
	extensions: z
		.object({ EXT_meshopt_compression: fallback, KHR_meshopt_compression: fallback })
		.optional(),
});

const componentType = z.union([5120, 5121, 5122, 5123, 5125, 5126].map((v) => z.literal(v)));

const accessor = z.object({
	bufferView: index.optional(),
	byteOffset: count.default(0),
	componentType,
	normalized: z.boolean().optional(),
	count,
	type: z.enum(['SCALAR', 'VEC2', 'VEC3', 'VEC4', 'MAT2', 'MAT3', 'MAT4']),
	sparse: z
		.object({
			count,
			indices: z.object({
				bufferView: index,
				byteOffset: count.default(0),
				componentType: z.union([5121, 5123, 5125].map((v) => z.literal(v))),
			}),
			values: z.object({ bufferView: index, byteOffset: count.default(0) }),
		})
		.optional(),
});

const primitive = z.object({
	attributes: z.record(z.string(), index),
	indices: index.optional(),
	material: index.optional(),
	mode: z.int().min(0).max(6).default(4),
	targets: z.array(z.unknown()).optional(),
	extensions: z
		.object({
			KHR_draco_mesh_compression: z
				.object({ bufferView: index, attributes: z.record(z.string(), index) })
				.optional(),
		})
		.optional(),
});

const node = z.object({
	children: z.array(index).default([]),
	mesh: index.optional(),
	skin: index.optional(),
	matrix: z.array(z.number()).length(16).optional(),
	translation: vec3.optional(),
	rotation: vec4.optional(),
	scale: vec3.optional(),
});

const textureTransform = z.object({
	offset: z.array(z.number()).length(2).default([0, 0]),
	rotation: z.number().default(0),
	scale: z.array(z.number()).length(2).default([1, 1]),
	texCoord: index.optional(),
});

const textureInfo = z.object({
	index,
	texCoord: index.default(0),
	scale: z.number().optional(),
	strength: z.number().optional(),
	extensions: z.object({ KHR_texture_transform: textureTransform.optional() }).optional(),
});

const material = z.object({
	name,
	pbrMetallicRoughness: z
		.object({
			baseColorFactor: vec4.optional(),
			metallicFactor: z.number().optional(),
			roughnessFactor: z.number().optional(),
			baseColorTexture: textureInfo.optional(),
			metallicRoughnessTexture: textureInfo.optional(),
		})
		.optional(),
	normalTexture: textureInfo.optional(),
	occlusionTexture: textureInfo.optional(),
	emissiveTexture: textureInfo.optional(),
	emissiveFactor: vec3.optional(),
	alphaMode: z.enum(['OPAQUE', 'MASK', 'BLEND']).optional(),
	alphaCutoff: z.number().optional(),
	doubleSided: z.boolean().optional(),
	extensions: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

const imageSource = z.object({ source: index.optional() }).optional();

const texture = z.object({
	source: index.optional(),
	extensions: z
		.object({
			EXT_texture_webp: imageSource,
			EXT_texture_avif: imageSource,
			KHR_texture_basisu: imageSource,
		})
		.optional(),
});

const image = z.object({ name, uri: z.string().optional(), bufferView: index.optional() });

export const gltfJson = z.object({
	asset: z.object({ version: z.string() }),
	extensionsRequired: z.array(z.string()).default([]),
	scene: index.optional(),
	scenes: z.array(z.object({ nodes: z.array(index).default([]) })).default([]),
	nodes: z.array(node).default([]),
	meshes: z.array(z.object({ name, primitives: z.array(primitive) })).default([]),
	accessors: z.array(accessor).default([]),
	bufferViews: z.array(bufferView).default([]),
	buffers: z.array(buffer).default([]),
	materials: z.array(material).default([]),
	textures: z.array(texture).default([]),
	images: z.array(image).default([]),
	skins: z.array(z.unknown()).default([]),
	animations: z.array(z.unknown()).default([]),
});

export type GltfJson = z.infer<typeof gltfJson>;
export type GltfAccessor = z.infer<typeof accessor>;
export type GltfBufferView = z.infer<typeof bufferView>;
export type GltfPrimitive = z.infer<typeof primitive>;
export type GltfNode = z.infer<typeof node>;
export type GltfMaterial = z.infer<typeof material>;
export type GltfTextureInfo = z.infer<typeof textureInfo>;
