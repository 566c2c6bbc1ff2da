import { extname } from 'node:path';

const TYPES: Record<string, string> = {
	'.glb': 'model/gltf-binary',
	'.gltf': 'model/gltf+json',
	'.usdz': 'model/vnd.usdz+zip',
	'.ktx2': 'image/ktx2',
	'.webp': 'image/webp',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.avif': 'image/avif',
	'.tif': 'image/tiff',
	'.json': 'application/json',
	'.m3u8': 'application/vnd.apple.mpegurl',
	'.m4s': 'video/iso.segment',
	'.mp4': 'video/mp4',
	'.m4a': 'audio/mp4',
	// Opus as the pipeline writes it: in Ogg (RFC 7845).
	'.opus': 'audio/ogg; codecs=opus',
	'.vtt': 'text/vtt; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.zip': 'application/zip',
};

/**
 * The media type a derivative is served with, by the ending of its name. Splats (`.spz`, `.sog`) have
 * none that is registered: they are bytes.
 */
export function contentTypeOf(name: string): string {
	return TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
