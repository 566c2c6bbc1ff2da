import { useFrame, useThree } from '@react-three/fiber';
import { useXRHitTest, useXRInputSourceEvent, useXRStore } from '@react-three/xr';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Group, Matrix4, Mesh, MeshBasicMaterial, RingGeometry } from 'three';
import { buildContactShades } from '../engine/room/plinths.ts';
import type { Room } from '../engine/room/room.ts';
import type { RoomPiece } from '../engine/room/room-piece.ts';
import { disposeObject } from '../engine/stage/dispose-object.ts';
import type { Stage } from '../engine/stage/stage.ts';
import { headOf } from './core/rig.ts';
import { SignBoard } from './ui/SignBoard.tsx';
import { badgeSign, buttonSign, sizeWords, type XrWords } from './ui/xr-words.ts';

const FIELD_RAD = 1.1;
const HEIGHT_PX = 1760;
/** Tiers are chosen anew when the head has moved this far, metres. */
const LOOK_AGAIN_M = 0.1;

/** Whether a surface is in view yet, and whether the piece stands on one. */
export type Placing = 'seeking' | 'found' | 'placed';

interface ArPlacementProps {
	stage: Stage;
	room: Room;
	words: XrWords;
	first: RoomPiece | undefined;
	onPlacing: (state: Placing) => void;
}

/** A ring where a ray from the eyes meets the real floor or table. */
function makeReticle(): Mesh<RingGeometry, MeshBasicMaterial> {
	const reticle = new Mesh(
		new RingGeometry(0.07, 0.085, 48).rotateX(-Math.PI / 2),
		new MeshBasicMaterial({ color: '#e0a526' }),
	);
	reticle.matrixAutoUpdate = false;
	reticle.visible = false;
	return reticle;
}

/** Takes a piece out of the room, at true size and with a soft shade under it, and puts it back when another comes or the session ends. */
function useBorrowedPiece(stage: Stage, piece: RoomPiece | undefined, holder: Group): void {
	useEffect(() => {
		if (piece === undefined) return;
		holder.scale.setScalar(1 / piece.piece.scale);
		const { x: widthM, z: depthM } = piece.sizeM;
		const shade = buildContactShades([{ xM: 0, yM: 0, zM: 0, yawRad: 0, widthM, depthM }]);
		holder.add(piece.model);
		if (shade !== undefined) holder.add(shade);
		stage.lookAgain();
		return () => {
			piece.group.add(piece.model);
			if (shade !== undefined) disposeObject(shade);
		};
	}, [stage, piece, holder]);
}

/** Puts the holder where the reticle is, turned to the visitor, once for each press that aimed at a surface. */
function usePlacing(
	holder: Group,
	reticle: Mesh,
	isOnButton: { current: boolean },
	onPlaced: () => void,
): void {
	const isAsked = useRef(false);
	const get = useThree((state) => state.get);
	useXRInputSourceEvent(
		'all',
		'select',
		() => {
			isAsked.current = !isOnButton.current;
			isOnButton.current = false;
		},
		[],
	);
	const matrix = useMemo(() => new Matrix4(), []);
	useXRHitTest((results, getWorldMatrix) => {
		const [nearest] = results;
		const isHit = nearest !== undefined && getWorldMatrix(matrix, nearest);
		reticle.visible = isHit;
		if (!isHit) return;
		reticle.matrix.copy(matrix);
		if (!isAsked.current) return;
		isAsked.current = false;
		holder.position.setFromMatrixPosition(matrix);
		const away = headOf(get().camera).positionM.sub(holder.position);
		holder.rotation.y = Math.atan2(away.x, away.z);
		onPlaced();
	}, 'viewer');
}

interface PlacedSignsProps {
	piece: RoomPiece;
	words: XrWords;
	holder: Group;
	onStep: (step: number) => void;
	onButton: () => void;
}

/** The true-scale badge and the buttons before a placed piece. */
function PlacedSigns({ piece, words, holder, onStep, onButton }: PlacedSignsProps) {
	const store = useXRStore();
	const group = useRef<Group>(null);
	const sizeM = piece.sizeM.clone().divideScalar(piece.piece.scale);
	const largestM = Math.max(sizeM.x, sizeM.y, sizeM.z);
	const badge = useMemo(() => badgeSign(words.trueScale(sizeWords(largestM))), [words, largestM]);
	const previous = useMemo(() => buttonSign(words.previous), [words]);
	const next = useMemo(() => buttonSign(words.next), [words]);
	const leave = useMemo(() => buttonSign(words.leave), [words]);
	useFrame(() => {
		if (group.current === null) return;
		const { position } = group.current;
		position
			.set(0, 0, sizeM.z / 2 + 0.16)
			.applyEuler(holder.rotation)
			.add(holder.position);
		group.current.rotation.y = holder.rotation.y;
	});
	const button = { onPointerDown: onButton };
	return (
		<group ref={group} {...button}>
			<group rotation={[-0.9, 0, 0]}>
				<SignBoard options={badge} position={[0, 0.06, 0.02]} />
				<SignBoard options={previous} position={[-0.27, -0.05, 0.02]} onPress={() => onStep(-1)} />
				<SignBoard
					options={leave}
					position={[0, -0.05, 0.02]}
					onPress={() => void store.getState().session?.end()}
				/>
				<SignBoard options={next} position={[0.27, -0.05, 0.02]} onPress={() => onStep(1)} />
			</group>
		</group>
	);
}

/** One piece after another on the visitor's own floor or table, at true size. */
export function ArPlacement({ stage, room, words, first, onPlacing }: ArPlacementProps) {
	const shown = room.pieces.filter((piece) => piece.hasScan);
	const [index, setIndex] = useState(() => Math.max(0, first ? shown.indexOf(first) : 0));
	const [isPlaced, setIsPlaced] = useState(false);
	const holder = useMemo(() => new Group(), []);
	const reticle = useMemo(makeReticle, []);
	const isOnButton = useRef(false);
	const hint = useMemo(() => badgeSign(words.placeHint, 0.7), [words]);
	const piece = shown[index];
	useBorrowedPiece(stage, piece, holder);
	usePlacing(holder, reticle, isOnButton, () => {
		setIsPlaced(true);
		stage.lookAgain();
	});
	useEffect(
		() => () => {
			reticle.geometry.dispose();
			reticle.material.dispose();
		},
		[reticle],
	);
	useFrame(({ camera }) => {
		holder.visible = isPlaced;
		const found = reticle.visible ? 'found' : 'seeking';
		onPlacing(isPlaced ? 'placed' : found);
		stage.look(camera, FIELD_RAD, HEIGHT_PX, LOOK_AGAIN_M);
	});
	const step = (by: number) => setIndex((index + by + shown.length) % shown.length);
	return (
		<>
			<primitive object={room.lights} />
			<primitive object={reticle} />
			<primitive object={holder} />
			{!isPlaced && <SignBoard options={hint} position={[0, 1.15, -1]} />}
			{isPlaced && piece !== undefined && (
				<PlacedSigns
					piece={piece}
					words={words}
					holder={holder}
					onStep={step}
					onButton={() => {
						isOnButton.current = true;
					}}
				/>
			)}
		</>
	);
}
