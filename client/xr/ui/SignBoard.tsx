import { type ThreeElements, type ThreeEvent, useThree } from '@react-three/fiber';
import { type ReactNode, useEffect, useState } from 'react';
import { disposeObject } from '../../engine/stage/dispose-object.ts';
import { makeSign, type Sign, type SignOptions } from './sign.ts';

/** Draws a sign and keeps it while its words stay; undefined until it is drawn. `options` must be stable between renders. */
function useSign(options: SignOptions): Sign | undefined {
	const [sign, setSign] = useState<Sign>();
	const invalidate = useThree((state) => state.invalidate);
	useEffect(() => {
		let isCurrent = true;
		let drawn: Sign | undefined;
		void makeSign(options).then((made) => {
			if (!isCurrent) {
				disposeObject(made);
				return;
			}
			drawn = made;
			setSign(made);
			invalidate();
		});
		return () => {
			isCurrent = false;
			setSign(undefined);
			if (drawn !== undefined) disposeObject(drawn);
		};
	}, [options, invalidate]);
	return sign;
}

type GroupProps = ThreeElements['group'];

interface SignBoardProps {
	options: SignOptions;
	position?: GroupProps['position'];
	rotation?: GroupProps['rotation'];
	/** Makes the sign a button. */
	onPress?: (() => void) | undefined;
	/** Placed under the sign's lower edge. */
	children?: ReactNode;
}

const HOVER_SCALE = 1.06;

/** A sign, or a button when it can be pressed: by ray, by touch, by gaze and pinch. */
export function SignBoard({ options, position, rotation, onPress, children }: SignBoardProps) {
	const sign = useSign(options);
	if (sign === undefined) return null;
	const handlers =
		onPress === undefined
			? {}
			: {
					onClick: (event: ThreeEvent<MouseEvent>) => {
						event.stopPropagation();
						onPress();
					},
					onPointerEnter: () => sign.scale.setScalar(HOVER_SCALE),
					onPointerLeave: () => sign.scale.setScalar(1),
				};
	const lowerEdgeM = -sign.geometry.parameters.height / 2;
	return (
		<group position={position ?? [0, 0, 0]} rotation={rotation ?? [0, 0, 0]}>
			<primitive object={sign} {...handlers} />
			<group position={[0, lowerEdgeM, 0.004]}>{children}</group>
		</group>
	);
}
