import { type RefObject, useLayoutEffect, useState } from 'react';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import { PieceViewer, type PieceViewerState } from '../engine/piece-viewer.ts';
import { NoWebglError } from '../engine/stage/gallery-renderer.ts';
import { tellFirstPixel } from '../state/first-pixel.ts';
import { keepInAddress } from './address-tools.ts';
import { putCanvas } from './stage-canvas.ts';
import { useSame } from './use-same.ts';

/** A viewer bound to a canvas, and what it says. */
export interface PieceViewerBinding {
	canvas: HTMLCanvasElement | undefined;
	viewer: PieceViewer | undefined;
	state: PieceViewerState | undefined;
	hasPixels: boolean;
	hasWebgl: boolean;
	/** Opens the piece anew, on a new canvas. */
	reopen: () => void;
}

/** Puts a canvas into `host` and a viewer on it while the component lives, and one anew when the manifest says something else. */
export function usePieceViewer(
	host: RefObject<HTMLElement | null>,
	answered: SpatialManifest,
	manifestUrl: string,
): PieceViewerBinding {
	const manifest = useSame(answered);
	const [viewer, setViewer] = useState<PieceViewer>();
	const [canvas, setCanvas] = useState<HTMLCanvasElement>();
	const [state, setState] = useState<PieceViewerState>();
	const [hasPixels, setHasPixels] = useState(false);
	const [hasWebgl, setHasWebgl] = useState(true);
	const [opening, setOpening] = useState(0);

	// biome-ignore lint/correctness/useExhaustiveDependencies: another opening comes with another canvas
	useLayoutEffect(() => {
		if (host.current === null) return;
		const canvas = putCanvas(host.current);
		let made: PieceViewer;
		try {
			made = new PieceViewer(canvas, {
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
			canvas.remove();
			setHasWebgl(false);
			tellFirstPixel();
			return;
		}
		const leaveAddress = keepInAddress(made.tools.toolbox);
		setCanvas(canvas);
		setViewer(made);
		return () => {
			leaveAddress();
			canvas.remove();
			made.dispose();
			setCanvas(undefined);
			setViewer(undefined);
			setState(undefined);
			setHasPixels(false);
		};
	}, [host, manifest, manifestUrl, opening]);

	const reopen = () => {
		setHasWebgl(true);
		setOpening((count) => count + 1);
	};
	return { canvas, viewer, state, hasPixels, hasWebgl, reopen };
}
