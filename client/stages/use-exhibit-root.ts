import { createRoot, events, extend, type ReconcilerRoot } from '@react-three/fiber';
import { type RefObject, useEffect, useState } from 'react';
import {
	BoxGeometry,
	Group,
	Mesh,
	MeshBasicMaterial,
	PerspectiveCamera,
	PlaneGeometry,
} from 'three';
import { entranceRoom } from '#schema/exhibit/entrance-room';
import type { Exhibit } from '#schema/exhibit/exhibit-shape';
import { WalkControls } from '../engine/camera/walk-controls.ts';
import { Room } from '../engine/room/room.ts';
import type { PieceAsset } from '../engine/room/room-piece.ts';
import {
	drawnPixelRatio,
	makeGalleryRenderer,
	NoWebglError,
} from '../engine/stage/gallery-renderer.ts';

// Only what JSX names, here and in @react-three/xr: the whole of three would cost 47 KB more.
extend({ BoxGeometry, Group, Mesh, MeshBasicMaterial, PlaneGeometry });

/** A room on its own canvas, with the root that draws it. */
export interface ExhibitWorld {
	room: Room;
	walker: WalkControls;
	root: ReconcilerRoot<HTMLCanvasElement>;
	canvas: HTMLCanvasElement;
}

interface ExhibitRoot {
	world: ExhibitWorld | undefined;
	hasWebgl: boolean;
}

/** Keeps a visitor's chest out of what stands on the floor. */
const BODY_M = 0.3;

function makeWalker(
	camera: PerspectiveCamera,
	canvas: HTMLCanvasElement,
	exhibit: Exhibit,
	onChange: () => void,
	onGrab: () => void,
): WalkControls {
	const { room, pieces } = entranceRoom(exhibit);
	const [widthM, , depthM] = room.sizeM;
	return new WalkControls(camera, canvas, {
		widthM,
		depthM,
		obstacles: pieces.map((piece) => ({
			xM: piece.positionM[0],
			zM: piece.positionM[2],
			radiusM: piece.plinth.widthM / 2 + BODY_M,
		})),
		prefersReducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
		onChange,
		onGrab,
	});
}

function makeCanvas(host: HTMLElement): HTMLCanvasElement {
	const canvas = document.createElement('canvas');
	canvas.className = 'stage-canvas';
	canvas.tabIndex = 0;
	canvas.setAttribute('role', 'application');
	host.prepend(canvas);
	return canvas;
}

/** Makes a world in `host` and answers how to take it down again. The canvas is new each time: a used context cannot be had twice. */
function openWorld(
	host: HTMLElement,
	exhibit: Exhibit,
	assets: ReadonlyMap<string, PieceAsset>,
	pose: WalkControls['pose'] | undefined,
	onGrab: () => void,
): { world: ExhibitWorld; ready: Promise<unknown>; close: () => void } {
	const canvas = makeCanvas(host);
	const root = createRoot(canvas);
	let invalidate = () => {};
	const room = new Room({ exhibit, assets, onChange: () => invalidate() });
	const camera = new PerspectiveCamera(60, 1, 0.05, 60);
	const walker = makeWalker(camera, canvas, exhibit, () => invalidate(), onGrab);
	const { positionM, yawRad } = exhibit.entrance;
	const start = pose ?? { xM: positionM[0], zM: positionM[2], yawRad };
	walker.stand(start.xM, start.zM, start.yawRad);
	const size = () => ({ width: host.clientWidth, height: host.clientHeight, top: 0, left: 0 });
	const configure = () =>
		root.configure({
			gl: () => makeGalleryRenderer(canvas, { castsShadows: false }),
			camera,
			events,
			frameloop: 'demand',
			dpr: drawnPixelRatio(),
			size: size(),
			onCreated: (state) => {
				state.events.connect?.(canvas);
				invalidate = state.invalidate;
			},
		});
	const resize = new ResizeObserver(() => void configure());
	const ready = Promise.resolve(configure()).then(() => resize.observe(host));
	const close = () => {
		resize.disconnect();
		walker.dispose();
		root.unmount();
		room.dispose();
		canvas.remove();
	};
	return { world: { room, walker, root, canvas }, ready, close };
}

/** Opens the exhibit's room in `host` while the component lives, once `isSettled`; anew, at the same place, when scans become ready. */
export function useExhibitRoot(
	host: RefObject<HTMLElement | null>,
	exhibit: Exhibit,
	assets: ReadonlyMap<string, PieceAsset>,
	onGrab: () => void,
	isSettled: boolean,
): ExhibitRoot {
	const [world, setWorld] = useState<ExhibitWorld>();
	const [hasWebgl, setHasWebgl] = useState(true);
	const [poses] = useState(() => new Map<string, WalkControls['pose']>());

	useEffect(() => {
		if (host.current === null || !isSettled) return;
		let isOpen = true;
		const opened = openWorld(host.current, exhibit, assets, poses.get(exhibit.id), onGrab);
		opened.ready.then(
			() => isOpen && setWorld(opened.world),
			(error: unknown) => {
				if (!(error instanceof NoWebglError)) throw error;
				setHasWebgl(false);
			},
		);
		return () => {
			isOpen = false;
			poses.set(exhibit.id, { ...opened.world.walker.pose });
			setWorld(undefined);
			opened.close();
		};
	}, [host, exhibit, assets, onGrab, poses, isSettled]);

	return { world, hasWebgl };
}
