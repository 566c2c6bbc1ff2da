import { type ThreeElements, type ThreeEvent, useFrame, useThree } from '@react-three/fiber';
import { type ReactNode, useCallback, useEffect } from 'react';
import { type Mesh, PerspectiveCamera } from 'three';
import type { WalkControls } from '../engine/camera/walk-controls.ts';
import type { PickMesh } from '../engine/pick/pick-target.ts';
import type { Room } from '../engine/room/room.ts';
import type { RoomPiece } from '../engine/room/room-piece.ts';
import type { Stage } from '../engine/stage/stage.ts';

/** A press that moved further than this was a look around, not a tap. CSS pixels. */
const TAP_PX = 8;

/** The room's parts as nodes, for whoever decides where they stand: the page's scene or a headset's world. */
export interface RoomNodes {
	/** Shell, plinths, signs. */
	shell: ReactNode;
	lights: ReactNode;
	floor: ReactNode;
	pieces: ReactNode;
}

/** A room, the stage it stands on, and who walks in it. */
interface WalkedRoom {
	stage: Stage;
	room: Room;
	walker: WalkControls;
}

interface RoomSceneProps {
	world: WalkedRoom;
	/** Another number after each change to what the pieces show: their touched boxes have other sizes then. */
	furnished: number;
	onPiece: (piece: RoomPiece) => void;
	onFrame: () => void;
	/** Wraps the room for a headset; without it the room simply stands in the scene. */
	wrap: ((nodes: RoomNodes) => ReactNode) | undefined;
}

/** A headset's press has no way across a screen, and its event refuses to be asked for one. */
const isTap = (event: ThreeEvent<MouseEvent>): boolean =>
	'pointerState' in event || event.delta <= TAP_PX;

/** Tiers are chosen anew when the eye has moved this far, metres. */
const LOOK_AGAIN_M = 0.25;

/** Field of view that a room is seen with, degrees, upright and across. */
const FIELD_DEG = 60;
const LEAST_ACROSS_DEG = 46;
const DEGREE = Math.PI / 180;

/** On a narrow screen the field grows upward until the room is wide enough to walk in. */
function fieldFor(aspect: number): number {
	const across = 2 * Math.atan(Math.tan((LEAST_ACROSS_DEG * DEGREE) / 2) / aspect);
	return Math.max(FIELD_DEG, across / DEGREE);
}

interface TouchedProps {
	mesh: Mesh | PickMesh;
	handlers: Pick<ThreeElements['mesh'], 'onClick' | 'onPointerOver' | 'onPointerOut'>;
}

/**
 * A mesh of the room that answers touches: a twin with the room's own geometry and material. The
 * mesh itself as a primitive would lose its handlers when the headset's world is put around it,
 * for it is made anew there before the old one is taken away.
 */
function Touched({ mesh, handlers }: TouchedProps) {
	return (
		<mesh
			geometry={mesh.geometry}
			material={mesh.material}
			position={mesh.position.toArray()}
			scale={mesh.scale.toArray()}
			raycast={mesh.raycast}
			{...('spherecast' in mesh ? { spherecast: mesh.spherecast } : {})}
			dispose={null}
			{...handlers}
		/>
	);
}

/** The room on a page: walked with pointer and keys, drawn only when something moves. */
export function RoomScene({ world, onPiece, onFrame, wrap }: RoomSceneProps) {
	const { stage, room, walker } = world;
	const invalidate = useThree((state) => state.invalidate);
	useEffect(() => {
		stage.drive(invalidate);
		return () => stage.drive(() => {});
	}, [stage, invalidate]);

	useFrame(({ gl, camera }) => {
		if (gl.xr.isPresenting || !(camera instanceof PerspectiveCamera)) return;
		camera.fov = fieldFor(camera.aspect);
		camera.updateProjectionMatrix();
		const isMoving = walker.update(performance.now());
		camera.updateMatrixWorld();
		stage.look(camera, camera.fov * DEGREE, gl.domElement.height, LOOK_AGAIN_M);
		if (isMoving) invalidate();
		onFrame();
	});

	const touch = (piece: RoomPiece) => ({
		onClick: (event: ThreeEvent<MouseEvent>) => {
			event.stopPropagation();
			if (isTap(event)) onPiece(piece);
		},
		onPointerOver: () => room.mean(piece.piece.id),
		onPointerOut: () => room.mean(undefined),
	});

	const walk = useCallback(
		(event: ThreeEvent<MouseEvent>) => {
			if (isTap(event)) walker.walkTo(event.point);
		},
		[walker],
	);

	const nodes: RoomNodes = {
		shell: <primitive object={room.group} />,
		lights: <primitive object={room.lights} />,
		floor: <Touched mesh={room.floor} handlers={{ onClick: walk }} />,
		pieces: room.pieces.map((piece) => (
			<primitive key={piece.piece.id} object={piece.group}>
				<Touched mesh={piece.hit} handlers={touch(piece)} />
			</primitive>
		)),
	};
	if (wrap !== undefined) return wrap(nodes);
	return (
		<>
			{nodes.shell}
			{nodes.lights}
			{nodes.floor}
			{nodes.pieces}
		</>
	);
}
