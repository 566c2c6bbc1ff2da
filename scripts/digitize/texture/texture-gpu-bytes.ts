import type { EncodedTexture } from './texture.ts';

/** Bytes of a map on the graphics card: RGBA with all its smaller levels. */
export function textureGpuBytes({ widthPx, heightPx }: EncodedTexture): number {
	return Math.ceil((widthPx * heightPx * 4 * 4) / 3);
}
