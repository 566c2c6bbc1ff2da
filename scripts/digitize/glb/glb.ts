import type { Material, TextureRole } from '../mesh/mesh.ts';
import type { EncodedTexture } from '../texture/texture.ts';
import type { Lattice } from './lattice.ts';
import type { QuantizedPrimitive } from './quantize.ts';
import { type Stream, unpack } from './stream.ts';

/** What one tier's file is made of. `maps` are images of materials, in the order of `images`. */
export interface GlbContent {
	lattice: Lattice;
	primitives: QuantizedPrimitive[];
	materials: Material[];
	/** Of each material, its maps as numbers of `images`. */
	maps: { [role in TextureRole]?: number }[];
	images: EncodedTexture[];
}

type Json = Record<string, unknown>;

const FLOATS = 5126;

/**
 * Writes a GLB: one node that carries the lattice, one mesh, one primitive a material, WebP images.
 * `isPacked` stores vertices and indices with EXT_meshopt_compression; otherwise the same numbers lie
 * open, for validators that cannot see through it; that needs `MeshoptDecoder.ready`. The same content
 * always gives the same bytes.
 */
export function writeGlb(content: GlbContent, isPacked: boolean): Uint8Array {
	const body = new Body(isPacked);
	const primitives = content.primitives.map((primitive) => primitiveJson(primitive, body));
	const images = content.images.map(({ webp, name }) => ({
		...(name === undefined ? {} : { name }),
		bufferView: body.addImage(webp),
		mimeType: 'image/webp',
	}));
	const materials = content.primitives.map((primitive) => {
		const material = content.materials[primitive.material];
		return material && materialJson(material, content.maps[primitive.material] ?? {}, primitive);
	});
	const { origin, stepM } = content.lattice;
	const extensions = extensionNames(content, isPacked);
	const json = {
		asset: { version: '2.0', generator: 'xishan' },
		extensionsUsed: extensions.used,
		extensionsRequired: extensions.required,
		scene: 0,
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0, translation: origin, scale: [stepM, stepM, stepM] }],
		meshes: [{ primitives }],
		materials,
		...(images.length > 0
			? {
					textures: images.map((_, i) => ({ extensions: { EXT_texture_webp: { source: i } } })),
					images,
				}
			: {}),
		accessors: body.accessors,
		bufferViews: body.views,
		buffers: body.buffers(),
	};
	return container(json, body.bytes());
}

function extensionNames(
	content: GlbContent,
	isPacked: boolean,
): { used: string[]; required: string[] } {
	const required = ['KHR_mesh_quantization'];
	if (isPacked) required.push('EXT_meshopt_compression');
	if (content.images.length > 0) required.push('EXT_texture_webp');
	const ofMaterials = content.materials.flatMap((m) => Object.keys(m.extensions));
	const used = [...new Set([...required, ...ofMaterials])];
	return { used, required };
}

function primitiveJson(primitive: QuantizedPrimitive, body: Body): Json {
	const attributes: Record<string, number> = {};
	let indices = 0;
	for (const stream of primitive.streams) {
		const accessor = body.addStream(stream);
		if (stream.semantic === 'INDICES') indices = accessor;
		else attributes[stream.semantic] = accessor;
	}
	return { attributes, indices, material: body.nextMaterial() };
}

function materialJson(
	material: Material,
	maps: { [role in TextureRole]?: number },
	{ colourScale }: QuantizedPrimitive,
): Json {
	const info = (role: TextureRole): Json | undefined => {
		const index = maps[role];
		const strength = material.maps[role]?.strength ?? 1;
		if (index === undefined) return undefined;
		if (role === 'normal') return { index, ...(strength === 1 ? {} : { scale: strength }) };
		if (role === 'occlusion') {
			return { index, ...(strength === 1 ? {} : { strength: Math.min(strength, 1) }) };
		}
		return { index };
	};
	const [r, g, b, a] = material.baseColor;
	const [sr, sg, sb] = colourScale;
	const hasEmission = material.emissive.some((v) => v > 0);
	return compact({
		name: material.name === '' ? undefined : material.name,
		pbrMetallicRoughness: compact({
			baseColorFactor: [r * sr, g * sg, b * sb, a],
			baseColorTexture: info('baseColor'),
			metallicFactor: material.metallic,
			roughnessFactor: material.roughness,
			metallicRoughnessTexture: info('metallicRoughness'),
		}),
		normalTexture: info('normal'),
		occlusionTexture: info('occlusion'),
		emissiveTexture: info('emissive'),
		emissiveFactor: hasEmission ? material.emissive : undefined,
		alphaMode: material.alphaMode === 'OPAQUE' ? undefined : material.alphaMode,
		alphaCutoff: material.alphaMode === 'MASK' ? material.alphaCutoff : undefined,
		doubleSided: material.doubleSided ? true : undefined,
		extensions: Object.keys(material.extensions).length > 0 ? material.extensions : undefined,
	});
}

function compact(value: Record<string, unknown>): Json {
	return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
}

/** The binary chunk as it grows, with the views and accessors that describe it. */
class Body {
	readonly accessors: Json[] = [];
	readonly views: Json[] = [];
	readonly #isPacked: boolean;
	readonly #chunks: Uint8Array[] = [];
	#length = 0;
	#fallbackLength = 0;
	#materials = 0;

	constructor(isPacked: boolean) {
		this.#isPacked = isPacked;
	}

	nextMaterial(): number {
		this.#materials += 1;
		return this.#materials - 1;
	}

	addStream(stream: Stream): number {
		const { packed, count, stride, mode, filter } = stream;
		const byteOffset = this.#append(this.#isPacked ? packed : unpack(stream));
		const byteLength = count * stride;
		const isIndex = stream.semantic === 'INDICES';
		const common = {
			byteLength,
			...(isIndex ? {} : { byteStride: stride }),
			target: isIndex ? 34963 : 34962,
		};
		if (!this.#isPacked) this.views.push({ buffer: 0, byteOffset, ...common });
		else {
			const coding = { mode, ...(filter === 'NONE' ? {} : { filter }) };
			const EXT_meshopt_compression = {
				buffer: 0,
				byteOffset,
				byteLength: packed.length,
				byteStride: stride,
				count,
				...coding,
			};
			this.views.push({
				buffer: 1,
				byteOffset: this.#fallbackLength,
				...common,
				extensions: { EXT_meshopt_compression },
			});
			this.#fallbackLength += padded(byteLength);
		}
		const { componentType, normalized, type, min, max } = stream;
		const accessor = { bufferView: this.views.length - 1, componentType, count, type };
		return (
			this.accessors.push({
				...accessor,
				...(normalized && componentType !== FLOATS ? { normalized } : {}),
				...(min === undefined ? {} : { min, max }),
			}) - 1
		);
	}

	addImage(bytes: Uint8Array): number {
		const byteOffset = this.#append(bytes);
		return this.views.push({ buffer: 0, byteOffset, byteLength: bytes.length }) - 1;
	}

	buffers(): Json[] {
		const first = { byteLength: this.#length };
		if (!this.#isPacked) return [first];
		const extensions = { EXT_meshopt_compression: { fallback: true } };
		return [first, { byteLength: this.#fallbackLength, extensions }];
	}

	bytes(): Uint8Array[] {
		return this.#chunks;
	}

	#append(bytes: Uint8Array): number {
		const at = this.#length;
		const gap = padded(bytes.length) - bytes.length;
		this.#chunks.push(bytes);
		if (gap > 0) this.#chunks.push(new Uint8Array(gap));
		this.#length += bytes.length + gap;
		return at;
	}
}

function padded(length: number): number {
	return Math.ceil(length / 4) * 4;
}

/** Packs a GLB of its two chunks; `body` must be a multiple of four bytes. */
export function container(json: Json, body: Uint8Array[]): Uint8Array {
	const text = Buffer.from(JSON.stringify(json));
	const jsonBytes = Buffer.concat([text, Buffer.alloc(padded(text.length) - text.length, ' ')]);
	const bin = Buffer.concat(body);
	const head = Buffer.alloc(20);
	head.write('glTF', 0, 'latin1');
	head.writeUInt32LE(2, 4);
	head.writeUInt32LE(28 + jsonBytes.length + bin.length, 8);
	head.writeUInt32LE(jsonBytes.length, 12);
	head.write('JSON', 16, 'latin1');
	const binHead = Buffer.alloc(8);
	binHead.writeUInt32LE(bin.length, 0);
	binHead.write('BIN\0', 4, 'latin1');
	return Buffer.concat([head, jsonBytes, binHead, bin]);
}
