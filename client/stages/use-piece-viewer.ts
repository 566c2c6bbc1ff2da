import { type RefObject, useEffect, useState } from 'react';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { PieceViewer, type PieceViewerState } from '../engine/piece-viewer.ts';
import { NoWebglError } from '../engine/stage/gallery-renderer.ts';
import { tellFirstPixel } from '../state/first-pixel.ts';
import { keepInAddress } from './address-tools.ts';
import { useSame } from './use-same.ts';

/** A viewer bound to a canvas, and what it says. */
export interface PieceViewerBinding {
	viewer: PieceViewer | undefined;
	state: PieceViewerState | undefined;
	hasPixels: boolean;
	hasWebgl: boolean;
	/** Counts the canvases: one that has lost its context for good cannot be drawn on again. */
	opening: number;
	/** Opens the piece anew, on a new canvas. */
	reopen: () => void;
}

/** Makes a viewer for `canvas` while the component lives, and one anew when the manifest says something else. */
export function usePieceViewer(
	canvas: RefObject<HTMLCanvasElement | null>,
	answered: SpatialManifest,
	manifestUrl: string,
): PieceViewerBinding {
	const manifest = useSame(answered);
	const [viewer, setViewer] = useState<PieceViewer>();
	const [state, setState] = useState<PieceViewerState>();
	const [hasPixels, setHasPixels] = useState(false);
	const [hasWebgl, setHasWebgl] = useState(true);
	const [opening, setOpening] = useState(0);

	// biome-ignore lint/correctness/useExhaustiveDependencies: another opening comes with another canvas
	useEffect(() => {
		if (canvas.current === null) return;
		let made: PieceViewer;
		try {
			made = new PieceViewer(canvas.current, {
				manifest,
				manifestUrl: new URL(manifestUrl, location.href).href,
				prefersReducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
				onState: setState,
				onFirstPixel: () => {
					setHasPixels(true);
					tellFirstPixel();
				},
			});
		} catch (error) {
			if (!(error instanceof NoWebglError)) throw error;
			setHasWebgl(false);
			tellFirstPixel();
			return;
		}
		const leaveAddress = keepInAddress(made.tools.toolbox);
		setViewer(made);
		return () => {
			leaveAddress();
			made.dispose();
			setViewer(undefined);
			setState(undefined);
			setHasPixels(false);
		};
	}, [canvas, manifest, manifestUrl, opening]);

	const reopen = () => {
		setHasWebgl(true);
		setOpening((count) => count + 1);
	};
	return { viewer, state, hasPixels, hasWebgl, opening, reopen };
}
