import { type RefObject, useEffect, useState } from 'react';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import type { WalkControls } from '../engine/camera/walk-controls.ts';
import type { PieceAssets } from '../engine/room/room.ts';
import type { ContextState } from '../engine/stage/context-watch.ts';
import { NoWebglError } from '../engine/stage/gallery-renderer.ts';
import { tellFirstPixel } from '../state/first-pixel.ts';
import { ExhibitWorld } from './exhibit-world.ts';
import { useSame } from './use-same.ts';

export interface ExhibitWorldBinding {
	world: ExhibitWorld | undefined;
	hasWebgl: boolean;
	context: ContextState;
	/** Counts what was brought into the room after it opened. */
	furnished: number;
	/** Opens the room anew, on a new canvas. */
	reopen: () => void;
}

interface ExhibitWorldHookOptions {
	exhibit: Exhibit;
	assets: PieceAssets;
	onGrab: () => void;
	/** Renderers may be made. */
	isSettled: boolean;
}

/** Opens the exhibit's room in `host` while the component lives. Scans that become ready are brought into it as it stands. */
export function useExhibitWorld(
	host: RefObject<HTMLElement | null>,
	options: ExhibitWorldHookOptions,
): ExhibitWorldBinding {
	const { assets, onGrab, isSettled } = options;
	// An answer that says the same again is the same exhibit.
	const exhibit = useSame(options.exhibit);
	const [world, setWorld] = useState<ExhibitWorld>();
	const [hasWebgl, setHasWebgl] = useState(true);
	const [context, setContext] = useState<ContextState>('held');
	const [furnished, setFurnished] = useState(0);
	const [opening, setOpening] = useState(0);
	const [poses] = useState(() => new Map<string, WalkControls['pose']>());

	// biome-ignore lint/correctness/useExhaustiveDependencies: another opening is asked for by its number
	useEffect(() => {
		if (host.current === null || !isSettled) return;
		let isOpen = true;
		let opened: ExhibitWorld;
		try {
			const pose = poses.get(exhibit.id);
			opened = new ExhibitWorld(host.current, { exhibit, pose, onGrab, onContext: setContext });
		} catch (error) {
			if (!(error instanceof NoWebglError)) throw error;
			setHasWebgl(false);
			tellFirstPixel();
			return;
		}
		void opened.ready.then(() => isOpen && setWorld(opened));
		return () => {
			isOpen = false;
			poses.set(exhibit.id, { ...opened.walker.pose });
			setWorld(undefined);
			setContext('held');
			opened.close();
		};
	}, [host, exhibit, onGrab, poses, isSettled, opening]);

	useEffect(() => {
		if (world === undefined) return;
		world.room.furnish(assets);
		setFurnished((count) => count + 1);
	}, [world, assets]);

	const reopen = () => {
		setHasWebgl(true);
		setOpening((count) => count + 1);
	};
	return { world, hasWebgl, context, furnished, reopen };
}
