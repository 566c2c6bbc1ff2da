import type { DecodedPrimitive } from './decoded-primitive.ts';
import type { GltfJson } from './gltf-json.ts';
import type { GltfResources } from './gltf-resources.ts';
import { viewPlain } from './view-plain.ts';

/** The geometry of a checked glTF: one list of primitives a mesh. Refuses what does not decode. */
export async function decodeGltf(
	json: GltfJson,
	resources: GltfResources,
	name: string,
): Promise<DecodedPrimitive[][]> {
	const plain = viewPlain(json, resources);
	if (plain !== undefined) return plain;
	// Loaded only where it is needed, as are the codecs.
	const { decodeCoded } = await import('./decode-coded.ts');
	return await decodeCoded(json, resources, name);
}
