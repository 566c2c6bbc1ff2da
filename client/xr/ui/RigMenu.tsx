import { useXRStore } from '@react-three/xr';
import { type RefObject, useMemo, useState } from 'react';
import type { Object3D } from 'three';
import { SignBoard } from './SignBoard.tsx';
import { buttonSign, type XrWords } from './xr-words.ts';

/** How much higher a seated visitor's eyes are put. */
const SEAT_M = 0.42;

interface RigMenuProps {
	words: XrWords;
	rig: RefObject<Object3D | null>;
}

/** Sitting or standing, and out: low at the visitor's left, out of the way of rays to the floor. Stands in the rig. */
export function RigMenu({ words, rig }: RigMenuProps) {
	const store = useXRStore();
	const [isSeated, setIsSeated] = useState(false);
	const leave = useMemo(() => buttonSign(words.leave), [words]);
	const seat = useMemo(
		() => buttonSign(isSeated ? words.standing : words.seated),
		[words, isSeated],
	);
	const toggleSeat = () => {
		if (rig.current !== null) rig.current.position.y = isSeated ? 0 : SEAT_M;
		setIsSeated(!isSeated);
	};
	return (
		<group position={[-0.62, 0.86, -0.3]} rotation={[-0.6, 0.9, 0, 'YXZ']}>
			<SignBoard options={seat} position={[-0.14, 0, 0]} onPress={toggleSeat} />
			<SignBoard
				options={leave}
				position={[0.14, 0, 0]}
				onPress={() => void store.getState().session?.end()}
			/>
		</group>
	);
}
