import { useThree } from '@react-three/fiber';
import { useXR, XR, XROrigin, type XRStore } from '@react-three/xr';
import { type RefObject, useEffect, useRef } from 'react';
import type { Group } from 'three';
import type { WalkControls } from '../engine/camera/walk-controls.ts';
import type { Room } from '../engine/room/room.ts';
import type { RoomPiece } from '../engine/room/room-piece.ts';
import type { StageBudget } from '../engine/stage/device-budget.ts';
import type { Stage } from '../engine/stage/stage.ts';
import { ArPlacement, type Placing } from './ArPlacement.tsx';
import { headOf } from './core/rig.ts';
import { useCalmClock } from './core/use-calm-clock.ts';
import { RigMenu } from './ui/RigMenu.tsx';
import type { XrWords } from './ui/xr-words.ts';
import { type VrNodes, VrRoom } from './VrRoom.tsx';

/** Well below the house's budget of a million triangles for both eyes: the rest is for room and hands, and for slower headsets. */
const HEADSET_BUDGET: StageBudget = {
	gpuBytes: 256 * 1_048_576,
	triangles: 300_000,
	profile: 'headset',
};

interface XrWorldProps {
	store: XRStore;
	nodes: VrNodes;
	stage: Stage;
	room: Room;
	walker: WalkControls;
	words: XrWords;
	selected: RoomPiece | undefined;
	onClose: () => void;
	/** A session began or ended. */
	onPresenting: (isPresenting: boolean) => void;
}

/** Carries the visitor's place from the page into the headset and back, and the limits with it. */
function useCarriedPlace(
	mode: XRSessionMode | null,
	rig: RefObject<Group | null>,
	{ stage, room, walker, onPresenting }: XrWorldProps,
): void {
	const get = useThree((state) => state.get);
	useEffect(() => {
		if (mode === null || rig.current === null) return;
		const { gl, scene, invalidate } = get();
		const origin = rig.current;
		const { xM, zM, yawRad } = walker.pose;
		const isVr = mode === 'immersive-vr';
		origin.position.set(isVr ? xM : 0, 0, isVr ? zM : 0);
		origin.rotation.y = isVr ? yawRad : 0;
		if (!isVr) scene.background = null;
		stage.limit(HEADSET_BUDGET);
		onPresenting(true);
		return () => {
			const head = headOf(gl.xr.getCamera());
			if (isVr) walker.stand(head.positionM.x, head.positionM.z, head.yawRad);
			scene.background = room.sky;
			stage.limit();
			onPresenting(false);
			invalidate();
		};
	}, [mode, rig, stage, room, walker, onPresenting, get]);
}

/** What tests with the emulated headset may look at; nothing of it is in a visitor's build. */
function useTestWindow(
	rig: RefObject<Group | null>,
	placing: RefObject<Placing | undefined>,
	{ room, selected }: XrWorldProps,
): void {
	const get = useThree((state) => state.get);
	useEffect(() => {
		if (!__XR_EMULATOR__) return;
		Reflect.set(globalThis, '__xishanXr', {
			info: () => ({ ...get().gl.info.render }),
			isPresenting: () => get().gl.xr.isPresenting,
			rig: () => rig.current?.position.toArray(),
			head: () => headOf(get().camera).positionM.toArray(),
			selected: () => selected?.piece.id,
			placing: () => placing.current,
			pieces: () =>
				room.pieces.map((piece) => ({
					id: piece.piece.id,
					centreM: piece.centreM.toArray(),
					tier: piece.shown?.tier,
					isLoading: piece.isLoading,
				})),
		});
	}, [get, rig, placing, room, selected]);
}

function Session(props: XrWorldProps) {
	const { nodes, stage, room, words, selected, onClose } = props;
	const rig = useRef<Group>(null);
	const placing = useRef<Placing>(undefined);
	const mode = useXR((state) => state.mode);
	useCalmClock();
	useCarriedPlace(mode, rig, props);
	useTestWindow(rig, placing, props);
	return (
		<>
			<XROrigin ref={rig}>
				{mode === 'immersive-vr' && <RigMenu words={words} rig={rig} />}
			</XROrigin>
			{mode === 'immersive-ar' ? (
				<ArPlacement
					stage={stage}
					room={room}
					words={words}
					first={selected}
					onPlacing={(state) => {
						placing.current = state;
					}}
				/>
			) : (
				<VrRoom
					nodes={nodes}
					stage={stage}
					room={room}
					rig={rig}
					words={words}
					isPresenting={mode === 'immersive-vr'}
					selected={selected}
					onClose={onClose}
				/>
			)}
		</>
	);
}

/** The exhibit with a headset at hand: the same room in VR, its pieces on the visitor's own table in AR. */
export function XrWorld(props: XrWorldProps) {
	return (
		<XR store={props.store}>
			<Session {...props} />
		</XR>
	);
}
