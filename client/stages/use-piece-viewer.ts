import { type RefObject, useEffect, useState } from 'react';
import type { SpatialManifest } from '#schema/asset/asset-manifest';
import {
	createPieceViewer,
	type LampState,
	type PieceViewer,
	type PieceViewerState,
} from '../engine/piece-viewer.ts';
import { NoWebglError } from '../engine/stage/gallery-renderer.ts';
import { tellFirstPixel } from '../state/first-pixel.ts';

/** A viewer bound to a canvas, and what it says. */
export interface PieceViewerBinding {
	viewer: PieceViewer | undefined;
	state: PieceViewerState | undefined;
	hasPixels: boolean;
	hasWebgl: boolean;
	lamp: LampState;
	setLamp: (lamp: LampState) => void;
}

const LAMP_OFF: LampState = { isOn: false, yawRad: 0.6, pitchRad: 0.45 };

/** Makes a viewer for `canvas` while the component lives, and one anew when the manifest changes. */
export function usePieceViewer(
	canvas: RefObject<HTMLCanvasElement | null>,
	manifest: SpatialManifest,
	manifestUrl: string,
): PieceViewerBinding {
	const [viewer, setViewer] = useState<PieceViewer>();
	const [state, setState] = useState<PieceViewerState>();
	const [hasPixels, setHasPixels] = useState(false);
	const [hasWebgl, setHasWebgl] = useState(true);
	const [lamp, setLamp] = useState(LAMP_OFF);

	useEffect(() => {
		if (canvas.current === null) return;
		let made: PieceViewer;
		try {
			made = createPieceViewer(canvas.current, {
				manifest,
				manifestUrl: new URL(manifestUrl, location.href).href,
				prefersReducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
				onState: setState,
				onFirstPixel: () => {
					setHasPixels(true);
					tellFirstPixel();
				},
				onLamp: setLamp,
			});
		} catch (error) {
			if (!(error instanceof NoWebglError)) throw error;
			setHasWebgl(false);
			tellFirstPixel();
			return;
		}
		setViewer(made);
		return () => {
			made.dispose();
			setViewer(undefined);
			setHasPixels(false);
			setLamp(LAMP_OFF);
		};
	}, [canvas, manifest, manifestUrl]);

	useEffect(() => viewer?.setLamp(lamp), [viewer, lamp]);

	return { viewer, state, hasPixels, hasWebgl, lamp, setLamp };
}
