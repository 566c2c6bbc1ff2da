import { container } from '../glb/glb.ts';

/** An image inside a tier's file. */
export interface TierImage {
	/** As `mapName` gave it; empty where it has none. */
	name: string;
	bytes: Uint8Array;
}

interface View {
	buffer: number;
	byteOffset?: number;
	byteLength: number;
	extensions?: Record<string, { buffer: number; byteOffset?: number; byteLength: number }>;
}

interface Image {
	name?: string;
	bufferView: number;
	mimeType: string;
}

/** The parts of glTF that carry bytes, as our own writer leaves them. */
interface TierJson {
	[part: string]: unknown;
	extensionsUsed: string[];
	extensionsRequired: string[];
	textures?: { extensions: { EXT_texture_webp: { source: number } } }[];
	images?: Image[];
	bufferViews: View[];
	buffers: { byteLength: number }[];
}

const WEBP = 'EXT_texture_webp';
const BASIS = 'KHR_texture_basisu';
const MESHOPT = ['EXT_meshopt_compression', 'KHR_meshopt_compression'];
const CHUNK_HEADER = 8;
const GLB_HEADER = 12;

/** The images of a tier's file, in their order. */
export function tierImages(glb: Buffer): TierImage[] {
	const { json, bin } = open(glb);
	return (json.images ?? []).map((image) => ({
		name: image.name ?? '',
		bytes: bytesOf(json, bin, image),
	}));
}

/**
 * Writes a tier's file again with KTX2 in place of its images, in their order (KHR_texture_basisu). The
 * bytes of its geometry are copied as they are: vertices and triangles stay those that were proven.
 */
export function swapImages(glb: Buffer, ktx2: readonly Uint8Array[]): Uint8Array {
	const { json, bin } = open(glb);
	const imageViews = new Map(json.images?.map(({ bufferView }, i) => [bufferView, ktx2[i]]));
	const chunks: Uint8Array[] = [];
	let length = 0;
	const append = (bytes: Uint8Array): { byteOffset: number; byteLength: number } => {
		const byteOffset = length;
		const gap = (4 - (bytes.length % 4)) % 4;
		chunks.push(bytes, new Uint8Array(gap));
		length += bytes.length + gap;
		return { byteOffset, byteLength: bytes.length };
	};
	const bufferViews = json.bufferViews.map((view, i) => {
		const image = imageViews.get(i);
		if (image !== undefined) return { ...view, ...append(image) };
		const packing = MESHOPT.find((name) => view.extensions?.[name] !== undefined);
		const packed = packing === undefined ? undefined : view.extensions?.[packing];
		if (packing === undefined || packed === undefined)
			return { ...view, ...append(part(bin, view)) };
		const extensions = {
			...view.extensions,
			[packing]: { ...packed, ...append(part(bin, packed)) },
		};
		return { ...view, extensions };
	});
	const [, ...fallbacks] = json.buffers;
	const renamed = (names: string[]) => names.map((name) => (name === WEBP ? BASIS : name));
	const swapped = {
		...json,
		extensionsUsed: renamed(json.extensionsUsed),
		extensionsRequired: renamed(json.extensionsRequired),
		textures: json.textures?.map(({ extensions, ...texture }) => ({
			...texture,
			extensions: { [BASIS]: extensions[WEBP] },
		})),
		images: json.images?.map((image) => ({ ...image, mimeType: 'image/ktx2' })),
		bufferViews,
		buffers: [{ ...json.buffers[0], byteLength: length }, ...fallbacks],
	};
	return container(swapped, chunks);
}

function open(glb: Buffer): { json: TierJson; bin: Buffer } {
	const jsonLength = glb.readUInt32LE(GLB_HEADER);
	const jsonAt = GLB_HEADER + CHUNK_HEADER;
	const binAt = jsonAt + jsonLength + CHUNK_HEADER;
	const json = JSON.parse(glb.toString('utf8', jsonAt, jsonAt + jsonLength)) as TierJson;
	return { json, bin: glb.subarray(binAt) };
}

function bytesOf(json: TierJson, bin: Buffer, image: Image): Uint8Array {
	const view = json.bufferViews[image.bufferView];
	if (view === undefined)
		throw new Error('swap-images: an image without bytes — a bug in the writer');
	return part(bin, view);
}

function part(bin: Buffer, { byteOffset = 0, byteLength }: Omit<View, 'buffer'>): Uint8Array {
	return bin.subarray(byteOffset, byteOffset + byteLength);
}
