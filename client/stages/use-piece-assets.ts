import { useEffect, useMemo, useState } from 'react';
import { type AssetManifest, isSpatial } from '#schema/asset/asset-manifest';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { artefactOf, type Piece } from '#schema/exhibit/piece';
import { getAssetManifest, manifestPathOf } from '../api/get-asset-manifest.ts';
import type { PieceAssets } from '../engine/room/room.ts';
import type { LadderAsset } from '../engine/subject/mesh-ladder.ts';
import type { ArtefactsById } from './exhibit-words.ts';

type Manifests = ReadonlyMap<string, AssetManifest>;

/** Where a manifest that could not be had is asked for again. */
const AGAIN_MS = 30_000;

/** The asset a piece is pinned to, or undefined where it shows its artefact's latest. */
function pinOf({ shows }: Piece): string | undefined {
	return shows.kind === 'artefact' && shows.asset !== 'latest' ? shows.asset : undefined;
}

/** Reads the manifests of pinned assets, each once; what cannot be had is asked for again later. */
function usePinned(ids: readonly string[]): Manifests {
	const [manifests, setManifests] = useState<Manifests>(() => new Map());
	const wanted = ids.join(' ');
	useEffect(() => {
		const abort = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		const read = async (asked: readonly string[]): Promise<void> => {
			const answers = await Promise.allSettled(
				asked.map(async (id) => [id, await getAssetManifest(id, abort.signal)] as const),
			);
			if (abort.signal.aborted) return;
			const found = answers.flatMap((answer) =>
				answer.status === 'fulfilled' ? [answer.value] : [],
			);
			if (found.length > 0) setManifests((before) => new Map([...before, ...found]));
			const missing = asked.filter((_, index) => answers[index]?.status === 'rejected');
			if (missing.length > 0) timer = setTimeout(() => void read(missing), AGAIN_MS);
		};
		if (wanted !== '') void read(wanted.split(' '));
		return () => {
			abort.abort();
			clearTimeout(timer);
		};
	}, [wanted]);
	return manifests;
}

/** The manifest of what a piece shows, once it is ready. */
function shownBy(
	piece: Piece,
	artefacts: ArtefactsById,
	pinned: Manifests,
): { id: string; manifest: AssetManifest } | undefined {
	const latest = artefacts.get(artefactOf(piece) ?? '')?.asset;
	const id = pinOf(piece) ?? latest?.id;
	if (id === undefined) return undefined;
	const manifest = latest?.id === id ? latest.manifest : pinned.get(id);
	return manifest ? { id, manifest } : undefined;
}

/** What an exhibit's pieces show, by piece id: an artefact's latest scan, or the one a piece is pinned to. */
export function usePieceAssets(exhibit: Exhibit, artefacts: ArtefactsById): PieceAssets {
	const isElsewhere = (id: string): boolean =>
		![...artefacts.values()].some((artefact) => artefact.asset?.id === id);
	const pins = [...new Set(exhibit.pieces.flatMap((piece) => pinOf(piece) ?? []))];
	const pinned = usePinned(pins.filter(isElsewhere).sort());
	return useMemo(() => {
		const assets = new Map<string, LadderAsset>();
		for (const piece of exhibit.pieces) {
			const shown = shownBy(piece, artefacts, pinned);
			if (shown === undefined || !isSpatial(shown.manifest)) continue;
			if (shown.manifest.tiers.length === 0) continue;
			const manifestUrl = new URL(manifestPathOf(shown.id), location.href).href;
			assets.set(piece.id, { manifest: shown.manifest, manifestUrl });
		}
		return assets;
	}, [exhibit, artefacts, pinned]);
}
