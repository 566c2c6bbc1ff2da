import { missing, readReference } from '../../intake/resolve-reference.ts';
import type { SourceFile } from '../../intake/source-file.ts';
import { guardBytes } from '../../limits.ts';
import { refuse } from '../../refusal-error.ts';
import type { GltfContainer } from './gltf-container.ts';

/**
 * The bytes of every buffer and image a glTF names, and of nothing else: data URIs decoded, files
 * read from the scan's own folder. Fallback buffers of meshopt stay undefined.
 */
export interface GltfResources {
	buffers: (Uint8Array | undefined)[];
	/** Encoded images; undefined for one that no texture can be made of. */
	images: (Uint8Array | undefined)[];
}

/** Loads the resources of a container whose cross references have not been checked yet. */
export async function loadResources(
	file: SourceFile,
	container: GltfContainer,
): Promise<GltfResources> {
	const { json, bin } = container;
	const buffers: (Uint8Array | undefined)[] = [];
	for (const [i, buffer] of json.buffers.entries()) {
		const bytes = buffer.uri === undefined ? glbBuffer(i, bin) : await load(file, buffer.uri);
		if (bytes !== undefined) guardBytes(buffer.byteLength, bytes.length, file.name);
		buffers.push(bytes);
	}
	const images: (Uint8Array | undefined)[] = [];
	for (const image of json.images) {
		images.push(image.uri === undefined ? undefined : await load(file, image.uri));
	}
	return { buffers, images };
}

function glbBuffer(index: number, bin: Uint8Array | undefined): Uint8Array | undefined {
	return index === 0 ? bin : undefined;
}

async function load(file: SourceFile, uri: string): Promise<Uint8Array> {
	if (/^data:/i.test(uri)) return dataUri(uri, file.name);
	const reference = decodeUri(uri);
	const bytes = await readReference(file, reference);
	return bytes ?? missing(reference, file.name);
}

function dataUri(uri: string, name: string): Uint8Array {
	const comma = uri.indexOf(',');
	const isBase64 = /;base64$/i.test(uri.slice(0, Math.max(comma, 0)));
	if (comma === -1 || !isBase64) {
		refuse('structure-invalid', `${name} has an unreadable data URI — export it as GLB`);
	}
	return Buffer.from(uri.slice(comma + 1), 'base64');
}

function decodeUri(uri: string): string {
	try {
		return decodeURIComponent(uri);
	} catch {
		return uri;
	}
}
