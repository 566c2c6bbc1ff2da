import type { ArtefactWithAsset } from '#schema/artefact/artefact-shape';
import type { ClientSummary } from '../api/client-summary.ts';
import { readyAssetOf } from './asset-address.ts';

/** A piece, whole or as lists show it. */
export type ShownPiece = ArtefactWithAsset | ClientSummary<'artefacts'>;

/** The picture of a piece, whichever of the two is there; undefined while there is none. */
export function posterOf(
	piece: ShownPiece,
): { url: string; widthPx: number; heightPx: number } | undefined {
	if ('poster' in piece) {
		const { poster } = piece;
		return poster ? { url: poster.file, ...sizeOf(poster) } : undefined;
	}
	const ready = readyAssetOf(piece);
	return ready && { url: ready.posterUrl, ...sizeOf(ready.manifest.poster) };
}

function sizeOf({ widthPx, heightPx }: { widthPx: number; heightPx: number }) {
	return { widthPx, heightPx };
}
