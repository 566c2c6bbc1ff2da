import { type ThreeEvent, useFrame, useThree } from '@react-three/fiber';
import { TeleportTarget } from '@react-three/xr';
import { type ReactNode, type RefObject, useEffect } from 'react';
import type { Group, Vector3 } from 'three';
import type { Room } from '../engine/room/room.ts';
import type { RoomPiece } from '../engine/room/room-piece.ts';
import type { Stage } from '../engine/stage/stage.ts';
import { offerAim } from './core/aim.ts';
import { pulse } from './core/pulse.ts';
import { headOf, standAt } from './core/rig.ts';
import { useSnapTurn } from './core/use-snap-turn.ts';
import { InfoPanel } from './ui/InfoPanel.tsx';
import type { XrWords } from './ui/xr-words.ts';

/** A headset's field and height, for choosing tiers: about what a Quest 3 draws for one eye. */
const HEADSET_FIELD_RAD = 1.66;
const HEADSET_HEIGHT_PX = 1760;

/** The room's parts as nodes of react-three-fiber, made by whoever puts the headset's world around them. */
export type VrNodes = Record<'shell' | 'lights' | 'floor' | 'pieces', ReactNode>;

/** Tiers are chosen anew when the head has moved this far, metres. */
const LOOK_AGAIN_M = 0.25;

interface VrRoomProps {
	nodes: VrNodes;
	stage: Stage;
	room: Room;
	rig: RefObject<Group | null>;
	words: XrWords;
	isPresenting: boolean;
	selected: RoomPiece | undefined;
	onClose: () => void;
}

/** The room as a headset's visitor stands in it: teleport, snap turn, pieces picked by ray, a panel for each. */
export function VrRoom(props: VrRoomProps) {
	const { nodes, stage, room, rig, words, isPresenting, selected, onClose } = props;
	const get = useThree((state) => state.get);
	useSnapTurn(rig);
	useEffect(() => offerAim(room.pieces), [room]);
	useFrame(({ camera }) => {
		if (!isPresenting) return;
		stage.look(camera, HEADSET_FIELD_RAD, HEADSET_HEIGHT_PX, LOOK_AGAIN_M);
	});
	const teleport = (_point: Vector3, event: ThreeEvent<MouseEvent>) => {
		if (rig.current !== null) standAt(rig.current, headOf(get().camera), event.point);
	};
	const feel = { onPointerDown: pulse };
	return (
		<>
			{nodes.shell}
			{nodes.lights}
			<TeleportTarget onTeleport={teleport}>{nodes.floor}</TeleportTarget>
			<group {...feel}>{nodes.pieces}</group>
			{isPresenting && selected !== undefined && (
				<InfoPanel piece={selected} words={words} onClose={onClose} />
			)}
		</>
	);
}
