import { useFrame } from '@react-three/fiber';
import { useMemo, useRef } from 'react';
import { type Group, Quaternion, Vector3 } from 'three';
import type { RoomPiece } from '../../engine/room/room-piece.ts';
import { type Head, headOf } from '../core/rig.ts';
import { SignBoard } from './SignBoard.tsx';
import { buttonSign, panelSign, type XrWords } from './xr-words.ts';

const DISTANCE_M = 1.3;
/** The panel stands beside the piece, not before it. */
const ASIDE_RAD = 0.5;
const BELOW_EYE_M = 0.12;
const UP = new Vector3(0, 1, 0);

/** Where a panel stands for a head that looks at a piece, and how it is turned to face it. */
function panelPlace(head: Head, piece: RoomPiece): { position: Vector3; yawRad: number } {
	const way = piece.centreM.clone().sub(head.positionM).setY(0).normalize();
	way.applyQuaternion(new Quaternion().setFromAxisAngle(UP, -ASIDE_RAD));
	const position = head.positionM.clone().addScaledVector(way, DISTANCE_M);
	position.y = head.positionM.y - BELOW_EYE_M;
	return { position, yawRad: Math.atan2(-way.x, -way.z) };
}

interface InfoPanelProps {
	piece: RoomPiece;
	words: XrWords;
	onClose: () => void;
}

/** The words about a piece, 1.3 m from the eye, where it was called; it does not follow the head. */
export function InfoPanel({ piece, words, onClose }: InfoPanelProps) {
	const group = useRef<Group>(null);
	const placed = useRef<RoomPiece>(undefined);
	const panel = useMemo(() => panelSign(words.piece(piece)), [words, piece]);
	const close = useMemo(() => buttonSign(words.close), [words]);
	useFrame(({ camera }) => {
		if (placed.current === piece || group.current === null) return;
		placed.current = piece;
		const { position, yawRad } = panelPlace(headOf(camera), piece);
		group.current.position.copy(position);
		group.current.rotation.y = yawRad;
	});
	return (
		<group ref={group}>
			<SignBoard options={panel}>
				<SignBoard options={close} position={[0, -0.075, 0]} onPress={onClose} />
			</SignBoard>
		</group>
	);
}
