import type { SourceTexture } from '../../mesh/mesh.ts';
import { readTexture } from '../../texture/texture-source.ts';
import { decodeKtx2, isKtx2 } from './decode-ktx2.ts';
import type { GltfJson } from './gltf-json.ts';
import type { GltfResources } from './gltf-resources.ts';

/**
 * One image of a file, ready for a map: from its own file, a data URI or a buffer; KTX2 is decoded.
 * Apart from its readers, since the codecs behind it need 0.1 s to load, which bare scans are spared.
 */
export async function openImage(
	json: GltfJson,
	resources: GltfResources,
	index: number,
	name: string,
): Promise<SourceTexture> {
	const image = json.images[index];
	const label = image?.name?.slice(0, 100) || `image ${index}`;
	const view = image?.bufferView === undefined ? undefined : json.bufferViews[image.bufferView];
	const inside =
		view &&
		resources.buffers[view.buffer]?.subarray(view.byteOffset, view.byteOffset + view.byteLength);
	const bytes = resources.images[index] ?? inside ?? new Uint8Array(0);
	const plain = isKtx2(bytes) ? await decodeKtx2(bytes) : bytes;
	return await readTexture(plain, label, name);
}
