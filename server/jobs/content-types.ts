import { extname } from 'node:path';

const TYPES: Record<string, string> = {
	'.glb': 'model/gltf-binary',
	'.gltf': 'model/gltf+json',
	'.usdz': 'model/vnd.usdz+zip',
	'.ktx2': 'image/ktx2',
	'.webp': 'image/webp',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.json': 'application/json',
};

/** The media type a derivative is served with, by the ending of its name. */
export function contentTypeOf(name: string): string {
	return TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
